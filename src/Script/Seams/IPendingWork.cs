using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary>What goes on while scripts run: writes to disks, lines for log servers.</summary>
public interface IPendingWork
{
    /// <summary>Waits until nothing is left of it.</summary>
    /// <param name="timeoutMs">The time it may take; 0 = the usual one.</param>
    /// <param name="stop">Ctrl-C.</param>
    /// <exception cref="Wire.BootFailure">It took too long, or a disk failed.</exception>
    Task SettleAsync(long timeoutMs, CancellationToken stop);
}
