using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Boot;

/// <summary>Asks a time server.</summary>
/// <param name="server">Its name or address.</param>
/// <param name="earliest">It cannot be earlier; seconds since 1970.</param>
/// <param name="stop">Ctrl-C.</param>
/// <returns>Seconds since 1970, UTC.</returns>
public delegate Task<long> TimeRequest(string server, long earliest, CancellationToken stop);
