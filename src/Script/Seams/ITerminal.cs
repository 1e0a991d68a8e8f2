using System.Collections.Generic;
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

    /// <summary>Shows a menu until something is chosen; null: ESC was pressed.</summary>
    Task<MenuItem?> ChooseAsync(MenuRequest request, CancellationToken stop);

    /// <summary>Shows a form until it is to be saved.</summary>
    /// <returns>What its items hold then, separators too; null: ESC was pressed.</returns>
    Task<IReadOnlyList<string>?> FillInAsync(FormRequest request, CancellationToken stop);

    /// <summary>Lets the user look through all settings and change them, beginning at <paramref name="block"/>, until
    /// he leaves.</summary>
    Task EditSettingsAsync(SettingsStore settings, SettingsBlock block, CancellationToken stop);

    /// <summary>The colours of menus and forms.</summary>
    ColourPairs Colours { get; }

    /// <summary>Begins something Ctrl-C may interrupt. They nest: Ctrl-C reaches only the innermost one.</summary>
    Interruption BeginInterruptible();
}
