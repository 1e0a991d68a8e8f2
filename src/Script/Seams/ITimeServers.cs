using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary>Those who know the date.</summary>
public interface ITimeServers
{
    /// <summary>Asks a server, and believes it from then on. A failure is thrown.</summary>
    /// <param name="server">Its name or address, as <see cref="ByteText"/>.</param>
    /// <param name="stop">Ctrl-C.</param>
    /// <returns>The date for the screen.</returns>
    Task<string> AskAsync(string server, CancellationToken stop);
}
