using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>One question to the servers in turn, from a port and with a number nobody can guess (RFC 5452).</summary>
internal sealed class DnsConversation : IDisposable
{
    private const ushort ServerPort = 53;
    private const int AttemptsMax = 6, FirstDelayMs = 250;

    private readonly Pump _pump;
    private readonly IReadOnlyList<Ipv4Address> _servers;
    private readonly string _name;
    private readonly DnsRecordType _type;
    private readonly UdpSocket _socket;
    private readonly ushort _id;
    private readonly bool[] _hasFailed;

    public DnsConversation(
        Pump pump,
        NetworkStack stack,
        IEntropy entropy,
        IReadOnlyList<Ipv4Address> servers,
        string name,
        DnsRecordType type)
    {
        (_pump, _servers, _name, _type) = (pump, servers, name, type);
        _hasFailed = new bool[servers.Count];
        Span<byte> id = stackalloc byte[2];
        entropy.Fill(id);
        _id = BinaryPrimitives.ReadUInt16LittleEndian(id);
        _socket = stack.BindUdp(null, 0);
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>Asks the servers in turn, waiting 0.25 s, twice as long each time, up to 15.75 s in all. A server that
    /// answers with an error, or of which ICMP says that it is not there, is passed over at once and not asked
    /// again.</summary>
    /// <exception cref="BootFailure">No server answers, or all with an error.</exception>
    public async Task<DnsAnswer> RunAsync(CancellationToken stop)
    {
        int server = -1;
        for (int attempt = 0; attempt < AttemptsMax; attempt++)
        {
            if (!TryGoToNext(ref server))
                throw new BootFailure(DnsFailure.ServerFailed, $"No DNS server can tell the address of {_name}");
            DnsAnswer? answer = await AskAsync(server, Duration.FromMilliseconds(FirstDelayMs << attempt), stop);
            if (answer is not null) return answer;
        }
        throw new BootFailure(DnsFailure.NoAnswer, $"No DNS server answers when asked for {_name}");
    }

    private bool TryGoToNext(ref int server)
    {
        for (int i = 0; i < _servers.Count; i++)
        {
            server = (server + 1) % _servers.Count;
            if (!_hasFailed[server]) return true;
        }
        return false;
    }

    /// <summary>Null: no answer in time, or none that helps.</summary>
    private async Task<DnsAnswer?> AskAsync(int server, Duration patience, CancellationToken stop)
    {
        try
        {
            Send(_servers[server]);
            Instant retryAt = _pump.Now + patience;
            while (_pump.Now < retryAt && await _socket.WaitAsync(retryAt, stop))
            {
                if (TryTakeAnswer(out DnsAnswer? answer)) return answer;
                if (_hasFailed[server]) return null;
            }
        }
        catch (BootFailure failure) when (IsServerGone(failure))
        {
            _hasFailed[server] = true;
        }
        return null;
    }

    private static bool IsServerGone(BootFailure failure) =>
        failure.Kind == NetFailure.PortUnreachable || failure.Kind == NetFailure.Unreachable
        || failure.Kind == NetFailure.NeighborSilent || failure.Kind == NetFailure.NoRoute;

    private void Send(Ipv4Address server)
    {
        Span<byte> query = stackalloc byte[DnsQuery.BytesMax];
        Check.That(new DnsQuery(_id, _name, _type).TryEmit(query, out int countBytes));
        _socket.Send(server, ServerPort, query[..countBytes]);
    }

    /// <summary>An answer is from a server we have, has our number and repeats our question; anything else is not even
    /// looked at. A truncated one will do if it has something in it: there is no TCP to ask again over.</summary>
    private bool TryTakeAnswer(out DnsAnswer? answer)
    {
        answer = null;
        while (_socket.TryReceive(out UdpDatagram datagram))
        {
            int server = IndexOf(datagram.Source);
            if (server < 0 || datagram.SourcePort != ServerPort) continue;
            if (!DnsView.TryRead(datagram.Payload, out DnsView view, out _)) continue;
            if (view.Id != _id || view.QuestionType != _type || view.QuestionName != _name) continue;
            var heard = new DnsAnswer(view);
            bool isSaid = heard.Status == DnsStatus.Ok || heard.Status == DnsStatus.NoSuchName;
            if (!isSaid || (view.IsTruncated && !heard.HasRecords))
            {
                _hasFailed[server] = true;
                continue;
            }
            answer = heard;
            return true;
        }
        return false;
    }

    private int IndexOf(IpAddress source)
    {
        for (int i = 0; i < _servers.Count; i++)
        {
            if (source == _servers[i]) return i;
        }
        return -1;
    }
}
