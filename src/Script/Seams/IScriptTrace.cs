using System.Collections.Generic;

namespace Bootlace.Script;

/// <summary>Follows what an interpreter does: every command that runs, not those that operators skip.</summary>
public interface IScriptTrace
{
    /// <summary>A command is called.</summary>
    /// <param name="words">Its words, expanded; the first is its name.</param>
    void Begin(IReadOnlyList<string> words);

    /// <summary>The last command begun that has not ended has. One whose words could not be expanded ends without
    /// having begun.</summary>
    void End(Status status);
}
