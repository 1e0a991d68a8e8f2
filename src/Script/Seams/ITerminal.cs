using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary>The user as commands see him. All text is <see cref="ByteText"/>.</summary>
public interface ITerminal
{
    /// <summary>Writes at the cursor; lines end with \n.</summary>
    void Write(string text);

    /// <summary>Waits for the next key (numbers as in <see cref="KeyText"/>); 0 ms = for ever. Throws
    /// <see cref="ScriptFailure.NothingTyped"/> when the time is over.</summary>
    Task<int> ReadKeyAsync(long timeoutMs, CancellationToken stop);

    /// <summary>Lets the user edit a line until Enter.</summary>
    Task<string> ReadLineAsync(LineRequest request, CancellationToken stop);

    /// <summary>Begins something Ctrl-C may interrupt. They nest: Ctrl-C reaches only the innermost one.</summary>
    Interruption BeginInterruptible();
}

/// <summary>What a line editor starts with.</summary>
/// <param name="Prompt">Shown in front.</param>
/// <param name="Preset">The text to edit.</param>
/// <param name="TimeoutMs">Ends the wait with <see cref="ScriptFailure.NothingTyped"/> if no key comes; 0 =
/// never.</param>
/// <param name="IsCommand">A command line: kept in the history, and Ctrl-C clears it instead of ending the
/// wait.</param>
public readonly record struct LineRequest(string Prompt, string Preset, long TimeoutMs, bool IsCommand);
