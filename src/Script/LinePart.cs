using System.Collections.Generic;

namespace Bootlace.Script;

/// <summary>One command of a line, its words not yet expanded. No words at all is the empty command, which
/// succeeds.</summary>
public readonly record struct LinePart(RunWhen When, IReadOnlyList<string> Words);
