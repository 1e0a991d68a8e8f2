using System.Collections.Generic;

namespace Bootlace.Script;

/// <summary>Texts that the user is asked for.</summary>
/// <param name="Form">Its items that have names are the fields.</param>
/// <param name="Presets">What the items hold at first, one for each item, separators too.</param>
/// <param name="EndsBehindLast">Enter in the last field ends it, as Ctrl-X does anywhere.</param>
public readonly record struct FormRequest(Menu Form, IReadOnlyList<string> Presets, bool EndsBehindLast);
