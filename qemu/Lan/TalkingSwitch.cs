using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net.Sockets;
using System.Threading;

namespace Bootlace.Harness;

/// <summary>A switch between the machine and QEMU's user networking that says by LLDP, once a second, what it is and
/// which port the machine is plugged into. Its cable is a socket of a folder: no rights are needed.</summary>
public sealed class TalkingSwitch : IDisposable
{
    private const int BufferBytes = 64 << 10;

    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("bootlace-lldp-").FullName;
    private readonly Socket _cable = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly Timer _timer;

    /// <summary>A switch that talks from now on.</summary>
    /// <param name="values">What it says: the values of an LLDP message, ready as bytes.</param>
    public TalkingSwitch(byte[] values)
    {
        byte[] frame =
            [0x01, 0x80, 0xc2, 0, 0, 0x0e, 0x52, 0x54, 0, 0xfe, 0xdc, 0xbb, 0x88, 0xcc, .. values, .. new byte[48]];
        _cable.Bind(new UnixDomainSocketEndPoint(PathOf("switch")));
        new Thread(Discard) { IsBackground = true }.Start();
        _timer = new Timer(_ => Say(frame), null, s_period, s_period);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        _cable.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>QEMU's arguments for the back end called n0, and for what is behind the switch.</summary>
    internal IEnumerable<string> Arguments(string user) =>
    [
        "-netdev", "hubport,id=n0,hubid=1",
        "-netdev", $"user,id=u1,{user}", "-netdev", "hubport,id=h1,hubid=1,netdev=u1",
        "-netdev", string.Create(
            CultureInfo.InvariantCulture,
            $"dgram,id=s1,local.type=unix,local.path={PathOf("hub")},remote.type=unix,remote.path={PathOf("switch")}"),
        "-netdev", "hubport,id=h2,hubid=1,netdev=s1",
    ];

    private string PathOf(string name) => Path.Combine(_folder, name);

    private void Say(byte[] frame)
    {
        try
        {
            _cable.SendTo(frame, new UnixDomainSocketEndPoint(PathOf("hub")));
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // The machine is not there yet, or no longer.
        }
    }

    /// <summary>A hub sends everything everywhere; what nobody takes would make QEMU wait.</summary>
    private void Discard()
    {
        byte[] buffer = new byte[BufferBytes];
        while (true)
        {
            try
            {
                _cable.Receive(buffer);
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
}
