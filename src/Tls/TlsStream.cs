using System;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Crypto;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.Tls;

/// <summary>TLS over another stream. Who waits for the peer, here as below, bounds the wait by the token it passes;
/// only the handshake and the goodbye have limits of their own. Records and waits allocate nothing.</summary>
/// <remarks>The end of the stream below is one of this stream only if the server has said so by close_notify: otherwise
/// somebody may have cut it, and who reads on gets <see cref="TlsFailure.Truncated"/>. Who knows from elsewhere
/// where the body ends, and does not ask for more, never learns how the stream ended.</remarks>
public sealed class TlsStream : IByteStream
{
    private const int WritePieceBytes = 16 * 1024;

    /// <summary>A piece in its records, and the answers to a server that wants to begin anew. A server that asks for
    /// more of those than there is room for is up to no good.</summary>
    private const int OutputBytesMax = 20 * 1024;

    private readonly Pump _pump;
    private readonly IByteStream _wire;
    private readonly TlsSession _session;
    private readonly Action<byte[]>? _keepTicket;
    private BootFailure? _failure;   // the session is disposed of once it is set
    private TlsReport? _report;
    private bool _isSending;
    private Task? _answering;   // never fails; who waits for it sees by _failure how it went

    private TlsStream(
        Pump pump, IByteStream wire, TlsSession session, ServerVerdict? verdict, Action<byte[]>? keepTicket)
    {
        _pump = pump;
        _wire = wire;
        _session = session;
        _keepTicket = keepTicket;
        Verdict = verdict;
        Version = session.Version;
        Suite = session.Suite;
        Protocol = session.Protocol;
        IsResumed = session.IsResumed;
    }

    /// <summary>The version agreed on.</summary>
    public TlsVersion Version { get; }

    /// <summary>The cipher suite's name.</summary>
    public string Suite { get; }

    /// <summary>The application protocol agreed on (ALPN); empty: none.</summary>
    public string Protocol { get; }

    /// <summary>Whether an earlier session goes on.</summary>
    public bool IsResumed { get; }

    /// <summary>Why the server is believed; null: an earlier session goes on, whose verdict holds.</summary>
    public ServerVerdict? Verdict { get; }

    /// <summary>Makes TLS of a connection, which belongs to the stream from now on: it is closed when this
    /// fails.</summary>
    /// <param name="pump">Time limits.</param>
    /// <param name="wire">The connection.</param>
    /// <param name="options">Versions, ciphers, the application protocol.</param>
    /// <param name="trust">Judges the server.</param>
    /// <param name="host">The name or address, without brackets, that the server must prove to have.</param>
    /// <param name="ticket">From an earlier session with this host that was judged by the same trust; empty:
    /// none.</param>
    /// <param name="keepTicket">Gets the ticket for the next session when the stream is closed; null: nobody
    /// does.</param>
    /// <param name="stop">Ctrl-C.</param>
    /// <exception cref="BootFailure">The server is not to be trusted, breaks the protocol or does not
    /// answer.</exception>
    public static async Task<TlsStream> ConnectAsync(
        Pump pump, IByteStream wire, TlsOptions options, ServerTrust trust, string host, byte[] ticket,
        Action<byte[]>? keepTicket, CancellationToken stop)
    {
        var handshake = new TlsHandshake(pump, wire, options, trust, host, ticket);
        TlsSession session = await handshake.RunAsync(stop);
        return new TlsStream(pump, wire, session, handshake.Verdict, keepTicket);
    }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReadAsync(Memory<byte> target, CancellationToken stop)
    {
        if (target.Length == 0) return 0;
        try
        {
            int count;
            while (!TryTake(target, out count))
            {
                if (_session.Output.Length > 0 && !_isSending) await AnswerAsync(stop);
                AddInput(await _wire.ReadAsync(_session.InputRoom, stop));
            }
            return count;
        }
        catch (BootFailure failure)
        {
            End(failure);
            throw;
        }
    }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> FillAsync(Memory<byte> target, CancellationToken stop)
    {
        int done = 0;
        try
        {
            while (done < target.Length)
            {
                if (TryTake(target[done..], out int count))
                {
                    if (count == 0) break;
                    done += count;
                    continue;
                }
                if (_session.Output.Length > 0 && !_isSending) await AnswerAsync(stop);
                AddInput(await _wire.ReadAsync(_session.InputRoom, stop));
            }
        }
        catch (BootFailure failure)
        {
            End(failure);
            if (done == 0) throw;   // else the next call does
        }
        return done;
    }

    /// <inheritdoc/>
    /// <remarks>When this is cancelled a record may be cut in two: the connection is dropped.</remarks>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> source, CancellationToken stop)
    {
        if (_answering is { } answering) await answering;
        ThrowIfOver();
        Check.That(!_isSending);
        _isSending = true;
        try
        {
            await SendAsync(source, stop);
        }
        catch (BootFailure failure)
        {
            End(failure);
            throw;
        }
        catch (OperationCanceledException)
        {
            Abort();
            throw;
        }
        finally
        {
            _isSending = false;
        }
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> source, CancellationToken stop)
    {
        do
        {
            int count = Math.Min(source.Length, WritePieceBytes), sent = 0;
            _session.Write(source.Span[..count]);
            source = source[count..];
            while (sent < _session.Output.Length)   // a read may add an answer meanwhile
            {
                ReadOnlyMemory<byte> rest = _session.Output[sent..];
                await _wire.WriteAsync(rest, stop);
                ThrowIfOver();
                sent += rest.Length;
            }
            _session.ClearOutput();
        }
        while (source.Length > 0);
    }

    /// <summary>Sends what a read has made the session say, that the handshake is not begun anew: the server may wait
    /// for it. A write that begins meanwhile waits.</summary>
    private async Task AnswerAsync(CancellationToken stop)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _answering = done.Task;
        _isSending = true;
        try
        {
            await SendAsync(default, stop);
        }
        catch (OperationCanceledException)
        {
            Abort();
            throw;
        }
        finally
        {
            _isSending = false;
            _answering = null;
            done.SetResult();
        }
    }

    /// <inheritdoc/>
    /// <remarks>Nothing can be read after it, as with TCP.</remarks>
    public void Close()
    {
        if (_failure is not null) return;
        KeepTicket();
        _session.Close();
        End(new BootFailure(NetFailure.NotConnected, "The connection is closed"));
    }

    /// <inheritdoc/>
    public void Abort()
    {
        if (_failure is not null)
        {
            _wire.Abort();   // a goodbye may be on its way, and gives up then
            return;
        }
        Fail(new BootFailure(NetFailure.NotConnected, "The connection was dropped"));
        TlsGoodbye.Drop(_wire, _session);
    }

    /// <summary>What is to be said of it; it goes on saying whether the connection is there.</summary>
    internal TlsReport Report(string host, ushort port, ServerVerdict verdict) => _report = new TlsReport
    {
        Host = host,
        Port = port,
        Version = Version,
        Suite = Suite,
        IsResumed = IsResumed,
        Verdict = verdict,
    };

    private void KeepTicket()
    {
        if (_keepTicket is null) return;
        try
        {
            byte[] ticket = _session.SaveTicket();
            if (ticket.Length > 0) _keepTicket(ticket);
        }
        catch (BootFailure)
        {
            // No memory for it: the next handshake is a whole one.
        }
    }

    /// <summary>Takes what is there. False: the peer must send more first.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="count">0: the peer has ended the stream.</param>
    private bool TryTake(Memory<byte> target, out int count)
    {
        ThrowIfOver();
        TlsRead result = _session.Read(target.Span, out count);
        if (_session.Output.Length > OutputBytesMax) throw new BootFailure(TlsFailure.ProtocolError);
        return result != TlsRead.NeedsInput;
    }

    private void AddInput(int count)
    {
        ThrowIfOver();   // it was closed while we waited
        _session.AddInput(count);
    }

    /// <summary>The failure, or the close, is what every call gets from now on; the server hears what the session has
    /// to say about it.</summary>
    private void End(BootFailure failure)
    {
        if (_failure is not null) return;
        Fail(failure);
        if (_isSending) TlsGoodbye.Drop(_wire, _session);   // half a record is on its way
        else TlsGoodbye.Begin(_pump, _wire, _session);
    }

    private void Fail(BootFailure failure)
    {
        _failure = failure;
        if (_report is not null) _report.IsOpen = false;
    }

    private void ThrowIfOver()
    {
        if (_failure is not null) throw new BootFailure(_failure.Kind, _failure.Message);
    }
}
