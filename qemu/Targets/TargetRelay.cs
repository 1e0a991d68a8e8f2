using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Harness;

/// <summary>A portal that stands between guest and target. It can turn over bits of what the target sends, damage that
/// TCP's checksum does not find since it happens above TCP, and it can die.</summary>
public sealed class TargetRelay : IDisposable
{
    private const int BlockBytes = 16 << 10;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;
    private readonly long[] _damageAt;
    private readonly CancellationTokenSource _death = new();
    private long _passed;
    private int _damages;

    private TargetRelay(int target, long[] damageAt)
    {
        _target = target;
        _damageAt = damageAt;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
    }

    /// <summary>The port on 127.0.0.1 that leads to the target.</summary>
    public int Port { get; }

    /// <summary>Bits turned over so far.</summary>
    public int Damages => Volatile.Read(ref _damages);

    /// <summary>Starts a relay.</summary>
    /// <param name="target">Port of the target on 127.0.0.1.</param>
    /// <param name="damageAt">Positions in the bytes that the target sends, all connections taken together.</param>
    public static TargetRelay Start(int target, params long[] damageAt)
    {
        TargetRelay relay = new(target, damageAt);
        _ = relay.ServeAsync();
        return relay;
    }

    /// <summary>Dies: every connection ends, and nobody listens.</summary>
    public void Dispose()
    {
        _listener.Dispose();
        _death.Cancel();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
                _ = RelayAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // The relay was disposed.
        }
    }

    private async Task RelayAsync(TcpClient guest)
    {
        using (guest)
        using (TcpClient target = new() { NoDelay = true })
        {
            try
            {
                guest.NoDelay = true;
                await target.ConnectAsync(IPAddress.Loopback, _target);
                Task up = CopyAsync(guest.GetStream(), target.GetStream(), isFromTarget: false);
                Task down = CopyAsync(target.GetStream(), guest.GetStream(), isFromTarget: true);
                await Task.WhenAny(up, down);
            }
            catch (Exception end) when (end is IOException or SocketException or OperationCanceledException)
            {
                // One of them went away, so the other one goes too.
            }
        }
    }

    private async Task CopyAsync(NetworkStream source, NetworkStream sink, bool isFromTarget)
    {
        byte[] block = new byte[BlockBytes];
        int count;
        while ((count = await source.ReadAsync(block, _death.Token)) > 0)
        {
            if (isFromTarget)
                Damage(block.AsSpan(0, count));
            await sink.WriteAsync(block.AsMemory(0, count));
        }
    }

    private void Damage(Span<byte> bytes)
    {
        long start = Interlocked.Add(ref _passed, bytes.Length) - bytes.Length;
        foreach (long place in _damageAt)
            if (place >= start && place < start + bytes.Length)
            {
                bytes[(int)(place - start)] ^= 0x10;
                Interlocked.Increment(ref _damages);
            }
    }
}
