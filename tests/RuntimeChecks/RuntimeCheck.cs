using System;

namespace Bootlace.RuntimeChecks;

/// <summary>One named behaviour with its own inputs; the body throws if it is not so.</summary>
internal sealed record RuntimeCheck(string Group, string Name, Action Body);
