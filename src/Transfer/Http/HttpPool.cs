using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;

namespace Bootlace.Transfer;

/// <summary>Connections between requests: at most one idle one per server and port, for a bounded time, and only while
/// its connector would open another one like it.</summary>
internal sealed class HttpPool(Pump pump, IStreamConnector connector, Duration idleTimeout)
{
    private readonly List<(HttpConnection Connection, PumpTimer Timer)> _idle = [];

    /// <summary>The idle connection to this very host and port, or a new one.</summary>
    public async Task<HttpConnection> TakeAsync(string host, ushort port, bool mayBeUsed, CancellationToken stop)
    {
        if (Find(host, port) is var index and >= 0)
        {
            HttpConnection idle = Remove(index);
            if (mayBeUsed && idle.Generation == connector.Generation) return idle;
            idle.Abort();
        }
        int generation = connector.Generation;
        IByteStream stream = await connector.ConnectAsync(host, port, stop);
        return new HttpConnection(stream, host, port) { Generation = generation };
    }

    /// <summary>Keeps a connection on which a response has ended in good order.</summary>
    public void Give(HttpConnection connection)
    {
        if (Find(connection.Host, connection.Port) is var index and >= 0) Remove(index).Close();
        connection.IsUsed = true;
        PumpTimer timer = pump.Schedule(idleTimeout, () =>
        {
            Remove(Find(connection.Host, connection.Port)).Close();
        });
        _idle.Add((connection, timer));
    }

    /// <summary>Closes all that are idle.</summary>
    public void CloseAll()
    {
        while (_idle.Count > 0) Remove(_idle.Count - 1).Close();
    }

    private int Find(string host, ushort port)
    {
        for (int i = 0; i < _idle.Count; i++)
            if (_idle[i].Connection.Host == host && _idle[i].Connection.Port == port) return i;
        return -1;
    }

    private HttpConnection Remove(int index)
    {
        (HttpConnection connection, PumpTimer timer) = _idle[index];
        timer.Cancel();
        _idle.RemoveAt(index);
        return connection;
    }
}
