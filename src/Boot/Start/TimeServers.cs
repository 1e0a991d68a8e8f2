using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Script;

namespace Bootlace.Boot;

/// <summary>Time servers, for commands.</summary>
internal sealed class TimeServers(WallTime time, TimeRequest ask) : ITimeServers
{
    /// <inheritdoc/>
    public async Task<string> AskAsync(string server, CancellationToken stop)
    {
        time.Set(await ask(ByteText.ToUnicode(server), time.BuildDate, stop), WallTimeSource.Ntp);
        return time.Describe();
    }
}
