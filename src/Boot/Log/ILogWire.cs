using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Boot;

/// <summary>The way to a log server.</summary>
public interface ILogWire
{
    /// <summary>Sends a line, connecting first if need be.</summary>
    /// <exception cref="Wire.BootFailure">It cannot be sent. The next call may try anew.</exception>
    Task SendAsync(string line, CancellationToken stop);

    /// <summary>Ends the connection, if there is one; the next line makes another.</summary>
    void Close();
}
