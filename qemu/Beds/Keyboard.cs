using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Harness;

/// <summary>Connects the terminal we run in with a machine's serial line, key by key. Ctrl-] ends the
/// connection.</summary>
public sealed class Keyboard : IDisposable
{
    private const byte EndKey = 0x1D;   // Ctrl-]

    private readonly bool _isTerminal = !Console.IsInputRedirected;
    private readonly string _settings = "";

    /// <summary>Puts the terminal into raw mode, until this is disposed.</summary>
    public Keyboard()
    {
        if (!_isTerminal)
            return;
        _settings = Stty("-g");
        Stty("raw", "-echo", "opost", "onlcr");
    }

    /// <summary>Types every key into the machine until Ctrl-] or the end of the input.</summary>
    public static async Task RelayAsync(VirtualMachine machine, CancellationToken stop)
    {
        using Stream keys = Console.OpenStandardInput();
        byte[] buffer = new byte[64];
        int count;
        while ((count = await keys.ReadAsync(buffer, stop)) > 0)
        {
            int end = Array.IndexOf(buffer, EndKey, 0, count);
            await machine.TypeAsync(System.Text.Encoding.Latin1.GetString(buffer, 0, end >= 0 ? end : count));
            if (end >= 0)
                return;
        }

        await Task.Delay(Timeout.Infinite, stop);   // no more input; the machine may still have something to say
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isTerminal)
            Stty(_settings);
    }

    // stty works on its standard input, which has to be our terminal.
    private static string Stty(params string[] arguments)
    {
        System.Diagnostics.ProcessStartInfo start = new("stty", arguments) { RedirectStandardOutput = true };
        using System.Diagnostics.Process stty = System.Diagnostics.Process.Start(start)!;
        string output = stty.StandardOutput.ReadToEnd();
        stty.WaitForExit();
        return output.Trim();
    }
}
