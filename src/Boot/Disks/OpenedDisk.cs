using System;
using System.Threading.Tasks;
using Bootlace.San;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>A network disk that is ready to be read.</summary>
/// <param name="device">The disk.</param>
public sealed class OpenedDisk(IBlockDevice device)
{
    private IscsiSource? _iscsi;
    private IpAddress? _address;

    /// <summary>The disk.</summary>
    public IBlockDevice Device => device;

    /// <summary>Its target, if it is an iSCSI disk: the one in use.</summary>
    public IscsiSource? Iscsi { get => _iscsi; init => _iscsi = value; }

    /// <summary>Where it comes from, if it is a file: what tells its device path from others.</summary>
    public string Uri { get; init; } = "";

    /// <summary>The server it is read from; null: it lies in our memory.</summary>
    public IpAddress? Address { get => _address; init => _address = value; }

    /// <summary>A manifest vouches for all of it.</summary>
    public bool IsTrusted { get; internal set; }

    /// <summary>The server's port, of a file.</summary>
    public ushort Port { get; init; }

    /// <summary>Memory that is given back when it is closed.</summary>
    public IDisposable? Memory { get; init; }

    /// <summary>Called when it goes on by another path.</summary>
    public Action? Moved { get; set; }

    /// <summary>An iSCSI disk has a new session.</summary>
    public void MoveTo(IscsiSource source)
    {
        if (source == Iscsi) return;
        (_iscsi, _address) = (source, source.Address);
        Moved?.Invoke();
    }

    /// <summary>Ends it; never throws.</summary>
    public async Task CloseAsync()
    {
        await device.CloseAsync();
        Memory?.Dispose();
    }
}
