using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net.Sockets;
using System.Threading;

namespace Bootlace.Harness;

/// <summary>A switch with two ports. The machine is plugged into a trunk, on which only one VLAN leads anywhere: its
/// frames go on without their tags to a port where QEMU's user networking answers, and come back tagged. What comes
/// without a tag, or for another VLAN, is counted and dropped. The cables are sockets of a folder: no rights are
/// needed, and no VLANs of the kernel, which not every kernel has.</summary>
public sealed class VlanSwitch : IDisposable
{
    private const int AddressesBytes = 12, TagBytes = 4, BufferBytes = 64 << 10;

    private readonly string _folder = Directory.CreateTempSubdirectory("bootlace-vlan-").FullName;
    private readonly Socket _trunk, _access;
    private readonly byte[] _tag;
    private readonly HashSet<int> _priorities = [];
    private readonly Lock _lock = new();
    private int _tagged, _others, _answers, _longest;

    /// <summary>A switch that is ready for a machine.</summary>
    /// <param name="vlan">The VLAN that leads somewhere.</param>
    public VlanSwitch(int vlan)
    {
        Vlan = vlan;
        _tag = [0x81, 0x00, (byte)(vlan >> 8), (byte)vlan];
        _trunk = Bind("trunk");
        _access = Bind("access");
        new Thread(() => Carry(_trunk, Untag)) { IsBackground = true }.Start();
        new Thread(() => Carry(_access, Tag)) { IsBackground = true }.Start();
    }

    /// <summary>The VLAN.</summary>
    public int Vlan { get; }

    /// <summary>Frames of the VLAN that the machine has sent.</summary>
    public int TaggedFrames => Volatile.Read(ref _tagged);

    /// <summary>Frames without a tag, or of another VLAN, that the machine has sent.</summary>
    public int OtherFrames => Volatile.Read(ref _others);

    /// <summary>Tagged frames that the machine was sent.</summary>
    public int AnsweredFrames => Volatile.Read(ref _answers);

    /// <summary>The longest frame on the trunk, its tag included.</summary>
    public int LongestBytes => Volatile.Read(ref _longest);

    /// <summary>The priorities of the machine's tags.</summary>
    public IReadOnlyCollection<int> Priorities
    {
        get
        {
            lock (_lock) return [.. _priorities];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _trunk.Dispose();
        _access.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>QEMU's arguments for the back end called n0, and for the network behind the switch.</summary>
    internal IEnumerable<string> Arguments(string user) =>
    [
        "-netdev", Cable("n0", "machine", "trunk"), "-netdev", Cable("s1", "server", "access"),
        "-netdev", "hubport,id=h1,hubid=1,netdev=s1",
        "-netdev", $"user,id=u1,{user}", "-netdev", "hubport,id=h2,hubid=1,netdev=u1",
    ];

    private string Cable(string id, string local, string remote) => string.Create(
        CultureInfo.InvariantCulture,
        $"dgram,id={id},local.type=unix,local.path={PathOf(local)},remote.type=unix,remote.path={PathOf(remote)}");

    private string PathOf(string name) => Path.Combine(_folder, name);

    private Socket Bind(string name)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(PathOf(name)));
        return socket;
    }

    private void Carry(Socket from, Action<byte[]> pass)
    {
        byte[] buffer = new byte[BufferBytes];
        while (true)
        {
            try
            {
                int length = from.Receive(buffer);
                if (length > AddressesBytes + TagBytes) pass(buffer[..length]);
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException) when (!Directory.Exists(_folder))
            {
                return;
            }
            catch (SocketException)
            {
                // The machine is gone; the next one may be coming.
            }
        }
    }

    private void Untag(byte[] frame)
    {
        bool isOurs = frame[12] == _tag[0] && frame[13] == _tag[1] && (frame[14] & 15) == _tag[2]
            && frame[15] == _tag[3];
        if (!isOurs)
        {
            Interlocked.Increment(ref _others);
            return;
        }
        Interlocked.Increment(ref _tagged);
        Measure(frame.Length);
        lock (_lock) _priorities.Add(frame[14] >> 5);
        Send(_access, "server", [.. frame[..AddressesBytes], .. frame[(AddressesBytes + TagBytes)..]]);
    }

    private void Tag(byte[] frame)
    {
        Interlocked.Increment(ref _answers);
        Measure(frame.Length + TagBytes);
        Send(_trunk, "machine", [.. frame[..AddressesBytes], .. _tag, .. frame[AddressesBytes..]]);
    }

    private void Measure(int lengthBytes)
    {
        lock (_lock) _longest = Math.Max(_longest, lengthBytes);
    }

    private void Send(Socket from, string to, byte[] frame) =>
        from.SendTo(frame, new UnixDomainSocketEndPoint(PathOf(to)));
}
