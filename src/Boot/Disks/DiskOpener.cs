using System;
using System.Buffers;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.San;
using Bootlace.Transfer;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>Opens network disks, each behind a cache in firmware pages.</summary>
/// <param name="pump">The loop everything runs on.</param>
/// <param name="entropy">Chance.</param>
/// <param name="firmware">Has the pages.</param>
/// <param name="connect">Connects by TCP.</param>
/// <param name="connectSecurely">Connects by TLS, to the portal's name.</param>
public sealed class DiskOpener(
    Pump pump, IEntropy entropy, IFirmware firmware, PortalConnector connect, PortalConnector connectSecurely)
    : IDiskOpener
{
    private const ulong CacheBytesMax = 16 << 20, CacheBytesMin = 1 << 20;

    /// <summary>The cache takes this part of the free memory at most.</summary>
    private const ulong CacheShare = 32;

    /// <inheritdoc/>
    public async Task<OpenedDisk> OpenIscsiAsync(IReadOnlyList<IscsiOptions> paths, CancellationToken stop)
    {
        IMemoryOwner<byte> pages = AllocateCache();
        try
        {
            IscsiDisk disk = await IscsiDisk.OpenAsync(pump, entropy, connect, paths, stop);
            IBlockDevice shown = await ShowAsync(new CachedDisk(pump, disk, pages.Memory), stop);
            var opened = new OpenedDisk(shown)
            {
                Memory = pages, Address = disk.TargetAddress, Iscsi = SourceOf(disk),
            };
            disk.Reopened = () => opened.MoveTo(SourceOf(disk));
            return opened;
        }
        catch (Exception)
        {
            pages.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<OpenedDisk> OpenFileAsync(BootUri uri, CancellationToken stop)
    {
        PortalStreams plain = new(connect), secure = new(connectSecurely);
        IMemoryOwner<byte> pages = AllocateCache();
        try
        {
            HttpDisk disk = await HttpDisk.OpenAsync(
                pump, new HttpConnectors(plain, secure), new HttpOptions(), uri, stop);
            PortalStreams streams = disk.Uri.Scheme == "https" ? secure : plain;
            return new OpenedDisk(new CachedDisk(pump, disk, pages.Memory))
            {
                Memory = pages,
                Address = streams.Address,
                Port = streams.Port,
                Uri = disk.Uri.ToString(),
            };
        }
        catch (Exception)
        {
            pages.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public OpenedDisk OpenMemory(ImageContent content, string uri) =>
        new(new MemoryDisk(MemoryMarshal.AsMemory(content.ToContiguous()))) { Uri = uri, Memory = content };

    /// <inheritdoc/>
    public Task<IReadOnlyList<DiscoveredTarget>> DiscoverAsync(IscsiOptions options, CancellationToken stop) =>
        IscsiDiscovery.RunAsync(pump, entropy, connect, options, stop);

    private static IscsiSource SourceOf(IscsiDisk disk) =>
        new(disk.Options, disk.TargetAddress, disk.TargetPort, disk.PortalGroupTag)
        {
            HasHeaderDigest = disk.HasHeaderDigest,
            HasDataDigest = disk.HasDataDigest,
        };

    /// <summary>Gives the disk to be shown: the same one, or the CD that it holds.</summary>
    private static async Task<IBlockDevice> ShowAsync(CachedDisk disk, CancellationToken stop)
    {
        bool isShown = false;
        try
        {
            IBlockDevice shown = await CdDisk.ShowAsync(disk, stop);
            isShown = true;
            return shown;
        }
        finally
        {
            if (!isShown) await disk.CloseAsync();
        }
    }

    private IMemoryOwner<byte> AllocateCache() => firmware.AllocatePages(
        (int)ulong.Clamp(firmware.LargestFreeBytes / CacheShare, CacheBytesMin, CacheBytesMax));
}
