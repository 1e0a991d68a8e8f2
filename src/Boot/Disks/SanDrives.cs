using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.San;
using Bootlace.Script;
using Bootlace.Transfer;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>The network disks by drive number: opened, shown to the firmware, described to the operating system, booted
/// from, taken away (spec/ipxe-compat.md 2.6 and 6).</summary>
public sealed class SanDrives : ISan
{
    private const string IscsiScheme = "iscsi:";

    private readonly IDiskHost _host;
    private readonly IDiskOpener _opener;
    private readonly DiskFetcher _fetcher;
    private readonly NetworkStack _network;
    private readonly SettingsStore _settings;
    private readonly IConsole _console;
    private readonly Pump _pump;
    private readonly SanSettings _wishes;
    private readonly FirmwareTable _table;
    private readonly List<SanDrive> _drives = [];   // by number

    /// <summary>No drive yet. Its settings appear: <c>san/dracut-args</c> and <c>san/debian-args</c>.</summary>
    internal SanDrives(BootParts parts, SettingsStore settings, DiskFetcher fetcher)
    {
        (_host, _opener, _fetcher) = (parts.Disks, parts.DiskOpener, fetcher);
        (_settings, _network, _console, _pump) = (settings, parts.Network, parts.Console, parts.Pump);
        _wishes = new SanSettings(settings);
        _table = new FirmwareTable(parts);
        var block = new ComputedBlock("san", null);
        block.Add("dracut-args", () => TextOf(DescribeForDracut()));
        block.Add("debian-args", () => TextOf(DescribeForDebian()));
        settings.Register(block, settings.Root);
    }

    /// <summary>A drive was shown to a firmware that never lets go of one: control may not go back to it.</summary>
    public bool MustReset { get; private set; }

    internal SanSettings Wishes => _wishes;

    /// <summary>Called before a program gets the machine, with the time it may take.</summary>
    internal Func<Duration, Task>? HandingOver { get; set; }

    /// <inheritdoc/>
    public async Task HookAsync(SanHook hook, CancellationToken stop) => await AddAsync(hook, stop);

    /// <inheritdoc/>
    public async Task<Status> BootAsync(SanBoot boot, CancellationToken stop)
    {
        if (boot.Hook.RootPaths.Count == 0)
            return await StartAsync(boot, boot.Hook.Drive ?? _wishes.WantedDrive ?? 0);
        SanDrive drive = await AddAsync(boot.Hook, stop);
        try
        {
            return await StartAsync(boot, drive.Number);
        }
        finally
        {
            if (!boot.IsKept && !_wishes.KeepsDrives) await RemoveAsync(drive);
        }
    }

    /// <inheritdoc/>
    public async Task UnhookAsync(uint? drive)
    {
        if (Find(drive ?? _wishes.DefaultDrive) is { } found) await RemoveAsync(found);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SanTarget>> DiscoverAsync(string server, ushort port, CancellationToken stop)
    {
        var path = new RootPath { Server = ByteText.ToUnicode(server), Port = port };
        using var dots = new WaitingDots(_console, _pump, $"Asking {path.Server} port {port} for its targets...");
        IReadOnlyList<DiscoveredTarget> found = await _opener.DiscoverAsync(_wishes.OptionsFor(path), stop);
        dots.End(" ok\n");
        var targets = new List<SanTarget>(found.Count);
        foreach (DiscoveredTarget target in found)
        {
            var portals = new List<string>(target.Addresses.Count);
            foreach (TargetAddress address in target.Addresses) portals.Add(ByteText.FromUnicode($"{address}"));
            targets.Add(new SanTarget(ByteText.FromUnicode(target.Name), portals));
        }
        return targets;
    }

    /// <summary>Has every disk write what it was given.</summary>
    internal async Task FlushAsync(CancellationToken stop)
    {
        for (int i = 0; i < _drives.Count; i++) await _drives[i].Disk.Device.FlushAsync(stop);
    }

    /// <summary>Takes every drive away and ends the sessions in good order: we are leaving.</summary>
    public async Task CloseAsync()
    {
        for (int i = _drives.Count - 1; i >= 0; i--) await RemoveAsync(_drives[i]);
    }

    private async Task<SanDrive> AddAsync(SanHook hook, CancellationToken stop)
    {
        uint number = hook.Drive ?? _wishes.DefaultDrive;
        if (Find(number) is not null)
            throw new BootFailure(SanFailure.DriveInUse, $"There is a drive 0x{number:x} already");
        OpenedDisk disk = await OpenAsync(hook, stop);
        SanDrive? drive = null;
        try
        {
            drive = new SanDrive(number, disk)
            {
                Route = FindRoute(disk),
                IsDescribed = hook.IsDescribed && disk.Iscsi is not null && _host.HasAcpi,
            };
            MustReset |= _host.KeepsDetachedDisks;
            drive.Attached = _host.Attach(disk.Device, DiskPlaces.Of(disk, drive.Route));
            Insert(drive);
            _table.Update(_drives);
            disk.Moved = () => Redescribe(drive);
        }
        catch (BootFailure)
        {
            if (drive is null) await disk.CloseAsync();
            else await RemoveAsync(drive);
            throw;
        }
        _console.Write($"SAN drive 0x{number:x}: {Describe(disk.Device.Geometry)}\n");
        return drive;
    }

    /// <summary>A disk goes on by another path, perhaps while a program reads it: what the operating system is told
    /// follows. The read does not fail for that.</summary>
    private void Redescribe(SanDrive drive)
    {
        try
        {
            drive.Route = FindRoute(drive.Disk);
            _table.Update(_drives);
        }
        catch (BootFailure failure)
        {
            _console.Write($"SAN drive 0x{drive.Number:x} is not in the iBFT any more: {failure.Describe()}\n");
        }
    }

    private async Task<OpenedDisk> OpenAsync(SanHook hook, CancellationToken stop)
    {
        if (hook.IsRamDisk) return await _fetcher.FetchAsync(ByteText.ToUnicode(hook.RootPaths[0]), stop);
        var paths = new List<IscsiOptions>(hook.RootPaths.Count);
        foreach (string text in hook.RootPaths)
        {
            string rootPath = ByteText.ToUnicode(text);
            if (!IsIscsi(rootPath)) return await OpenFileAsync(rootPath, hook.RootPaths.Count, stop);
            paths.Add(_wishes.OptionsFor(RootPath.Parse(rootPath)));
        }
        string others = paths.Count > 1 ? $" and {paths.Count - 1} more" : "";
        using var dots = new WaitingDots(_console, _pump, $"Connecting {paths[0].Path}{others}...");
        OpenedDisk disk = await _opener.OpenIscsiAsync(paths, stop);
        dots.End(" ok\n");
        return disk;
    }

    private async Task<OpenedDisk> OpenFileAsync(string text, int pathCount, CancellationToken stop)
    {
        if (pathCount > 1) throw new BootFailure(SanFailure.OneDiskOnly);
        BootUri uri = _fetcher.Resolve(text);
        if (uri.Scheme is not ("http" or "https"))
            throw new BootFailure(SanFailure.UnknownDiskScheme, $"'{uri}' is no root path we can open");
        _fetcher.RequireFreedom(uri);
        using var dots = new WaitingDots(_console, _pump, $"Opening {uri}...");
        OpenedDisk disk = await _opener.OpenFileAsync(uri, stop);
        dots.End(" ok\n");
        return disk;
    }

    /// <summary>Whether a root path is for us at all: option 17 may also name an NFS export for the kernel.</summary>
    internal static bool IsUsable(string rootPath) => IsIscsi(rootPath)
        || rootPath.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        || rootPath.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    private static bool IsIscsi(string rootPath) =>
        rootPath.StartsWith(IscsiScheme, StringComparison.OrdinalIgnoreCase);

    private async Task<Status> StartAsync(SanBoot boot, uint drive)
    {
        var drives = new Dictionary<uint, IAttachedDisk>();
        foreach (SanDrive one in _drives)
        {
            if (one.Attached is { } attached) drives.Add(one.Number, attached);
        }
        RequireVouched(drive);
        _console.Write(drive == 0 ? "Booting from disk\n" : $"Booting from drive 0x{drive:x}\n");
        if (drive == 0 || Find(drive) is not { Disk.IsTrusted: true })
            _fetcher.NameUnverified(drive == 0 ? "disk" : $"drive 0x{drive:x}");
        if (HandingOver is not null) await HandingOver(ImageStore.FarewellMax);
        ulong status = _host.StartFromDisk(new DiskStart
        {
            Drives = drives,
            Drive = drive == 0 ? null : drive,
            FileName = TextOrNull(boot.FileName),
            ExtraFileName = TextOrNull(boot.ExtraFileName),
            Label = TextOrNull(boot.Label),
            PartitionGuid = boot.PartitionGuid,
        });
        if (status == 0) return Status.Success;
        throw new BootFailure(
            SanFailure.DiskProgramCameBack, $"The program on the disk ended with EFI status 0x{status:x}");
    }

    /// <summary>A target that knows a secret, and the machine's own disks, are trusted as such; a file is
    /// not.</summary>
    private void RequireVouched(uint drive)
    {
        foreach (SanDrive one in _drives)
        {
            bool mayStart = drive == 0 || one.Number == drive;
            if (mayStart && one.Disk is { IsTrusted: false, Iscsi: null })
                _fetcher.RequireVouched($"drive 0x{one.Number:x}");
        }
    }

    private async Task RemoveAsync(SanDrive drive)
    {
        if (_drives.Remove(drive)) _table.Update(_drives);
        await drive.CloseAsync();
    }

    private void Insert(SanDrive drive)
    {
        int index = 0;
        while (index < _drives.Count && _drives[index].Number < drive.Number) index++;
        _drives.Insert(index, drive);
    }

    private SanDrive? Find(uint number)
    {
        foreach (SanDrive drive in _drives)
        {
            if (drive.Number == number) return drive;
        }
        return null;
    }

    private DiskRoute? FindRoute(OpenedDisk disk)
    {
        if (disk.Address is not { } address) return null;
        return DiskRoute.Find(_network, _settings, address);
    }

    private string? DescribeForDracut()
    {
        var disks = new List<IscsiSource>();
        DiskRoute? route = null;
        foreach (SanDrive drive in _drives)
        {
            if (drive.Disk.Iscsi is not { } iscsi || !KernelArguments.CanName(iscsi)) continue;
            if (disks.Count > 0 && iscsi.Options.InitiatorName != disks[0].Options.InitiatorName) continue;
            disks.Add(iscsi);
            route ??= drive.Route;
        }
        return route is null ? null : KernelArguments.ForDracut(disks, route);
    }

    private string? DescribeForDebian()
    {
        foreach (SanDrive drive in _drives)
        {
            if (drive is { Disk.Iscsi: { } iscsi, Route: { } route } && KernelArguments.CanName(iscsi))
                return KernelArguments.ForDebian(iscsi, route);
        }
        return null;
    }

    private static byte[]? TextOf(string? text) =>
        text is null ? null : SettingTypes.String.Parse(ByteText.FromUnicode(text));

    private static string? TextOrNull(string? text) =>
        text is { Length: > 0 } ? ByteText.ToUnicode(text) : null;

    private static string Describe(DiskGeometry disk)
    {
        ulong mebibytes = disk.BlockCount / (ulong)((1 << 20) / disk.BlockBytes);
        string readOnly = disk.IsReadOnly ? ", read-only" : "";
        return $"{mebibytes} MiB in blocks of {disk.BlockBytes} bytes{readOnly}";
    }
}
