using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Boot;
using Bootlace.Net;
using Bootlace.San;
using Bootlace.Transfer;
using Bootlace.Wire;

namespace Bootlace.Tests.Boot;

/// <summary>Opens disks that are nothing but a size, after a while.</summary>
public sealed class FakeDiskOpener(Pump pump, FakeFirmware firmware) : IDiskOpener
{
    public List<IscsiOptions> Options { get; } = [];

    /// <summary>The last iSCSI disk.</summary>
    public OpenedDisk? Opened { get; private set; }

    public FailureKind? Failure { get; set; }
    public DiskGeometry Geometry { get; set; } = new(512, 1 << 21, false, 0);

    public int RequestsMax => 1;
    public long OpeningMs { get; set; } = 10;
    public long FlushMs { get; set; }
    public IpAddress Address { get; set; } = new Ipv4Address(10, 0, 2, 77);
    public bool HasDigests { get; set; }
    public List<DiscoveredTarget> Targets { get; } = [];

    public async Task<OpenedDisk> OpenIscsiAsync(IReadOnlyList<IscsiOptions> paths, CancellationToken stop)
    {
        firmware.Deeds.Add($"open {string.Join(" ", paths.Select(path => path.Path))}");
        Options.AddRange(paths);
        await WaitAsync(stop);
        return Opened = new OpenedDisk(new FakeDisk(Geometry, firmware, pump, FlushMs))
        {
            Address = Address,
            Iscsi = new IscsiSource(paths[0], Address, paths[0].Path.Port, 1)
            {
                HasHeaderDigest = HasDigests,
                HasDataDigest = HasDigests,
            },
        };
    }

    public async Task<OpenedDisk> OpenFileAsync(BootUri uri, CancellationToken stop)
    {
        firmware.Deeds.Add($"open {uri}");
        await WaitAsync(stop);
        return new OpenedDisk(new FakeDisk(Geometry, firmware, pump, FlushMs))
        {
            Uri = uri.ToString(), Address = Address, Port = uri.Port ?? 80,
        };
    }

    public OpenedDisk OpenMemory(ImageContent content, string uri)
    {
        firmware.Deeds.Add($"open memory of {content.ReceivedBytes}");
        return new OpenedDisk(new FakeDisk(Geometry, firmware, pump, FlushMs)) { Uri = uri, Memory = content };
    }

    public async Task<IReadOnlyList<DiscoveredTarget>> DiscoverAsync(IscsiOptions options, CancellationToken stop)
    {
        Options.Add(options);
        await WaitAsync(stop);
        return Targets;
    }

    private async Task WaitAsync(CancellationToken stop)
    {
        await pump.Delay(Duration.FromMilliseconds(OpeningMs), stop);
        if (Failure is { } failure) throw new BootFailure(failure);
    }

    private sealed class FakeDisk(DiskGeometry geometry, FakeFirmware firmware, Pump pump, long flushMs)
        : IBlockDevice
    {
        public DiskGeometry Geometry => geometry;
        public int RequestsMax => 1;
        public ValueTask ReadAsync(ulong firstBlock, Memory<byte> target, CancellationToken stop) => default;
        public ValueTask WriteAsync(ulong firstBlock, ReadOnlyMemory<byte> source, CancellationToken stop) => default;

        public async ValueTask FlushAsync(CancellationToken stop)
        {
            firmware.Deeds.Add("flush");
            await pump.Delay(Duration.FromMilliseconds(flushMs), stop);
        }

        public ValueTask CloseAsync()
        {
            firmware.Deeds.Add("close");
            return default;
        }
    }
}
