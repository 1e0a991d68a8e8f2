using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace Bootlace.Harness;

/// <summary>A boot bed with an iSCSI target beside it, whose only LUN is a disk with GRUB, kernel and initrd.</summary>
public sealed class SanBed : IAsyncDisposable
{
    /// <summary>The name that the loader logs in with.</summary>
    public const string InitiatorName = "iqn.2026-11.net.bootlace:guest";

    private readonly string _folder;

    private SanBed(BootBed boot, string folder, GrubDisk disk, ITargetDaemon daemon, IscsiTarget[] targets)
    {
        Boot = boot;
        _folder = folder;
        Disk = disk;
        Daemon = daemon;
        Targets = targets;
    }

    /// <summary>The machine, and the HTTP server that the script comes from.</summary>
    public BootBed Boot { get; }

    /// <summary>The disk behind the first target's LUN.</summary>
    public GrubDisk Disk { get; }

    /// <summary>The target daemon.</summary>
    public ITargetDaemon Daemon { get; }

    /// <summary>The same, where it is tgt, which counts and can be restarted.</summary>
    public TgtTarget Tgt => (TgtTarget)Daemon;

    /// <summary>What the daemon offers.</summary>
    public IReadOnlyList<IscsiTarget> Targets { get; }

    /// <summary>The first target's root path.</summary>
    public string RootPath => Daemon.RootPath(Targets[0]);

    /// <summary>Makes a bed.</summary>
    /// <param name="name">Name of the scenario.</param>
    /// <param name="firmware">What the machine starts with.</param>
    /// <param name="makeDisk">Makes the disk at a path; null for one with the usual payload.</param>
    /// <param name="change">Changes the first target.</param>
    /// <param name="others">More targets.</param>
    /// <param name="isLogged">Whether the target counts what it is asked.</param>
    /// <param name="daemon">Which of <see cref="TargetDaemons"/> it is.</param>
    public static async Task<SanBed> CreateAsync(
        string name,
        Firmware firmware,
        Func<string, GrubDisk>? makeDisk = null,
        Func<IscsiTarget, IscsiTarget>? change = null,
        Func<string, IEnumerable<IscsiTarget>>? others = null,
        bool isLogged = true,
        string daemon = TargetDaemons.Tgt)
    {
        BootBed boot = await BootBed.CreateAsync(name, firmware);
        string folder = Directory.CreateTempSubdirectory("bootlace-san-").FullName;
        string path = Path.Combine(folder, "disk.img");
        GrubDisk disk = makeDisk is null ? GrubDisk.Create(path, boot.Payload) : makeDisk(path);
        IscsiTarget first = new("iqn.2026-11.net.bootlace:first", path);
        IscsiTarget[] targets = [change is null ? first : change(first), .. others?.Invoke(folder) ?? []];
        ITargetDaemon running = TargetDaemons.Start(daemon, boot.Setup.Name, isLogged, targets);
        return new SanBed(boot, folder, disk, running, targets);
    }

    /// <summary>The script lines that say who we are to a target.</summary>
    public static string Credentials(IscsiTarget target) => $"""
        set initiator-iqn {InitiatorName}
        set username {target.Incoming?.Name}
        set password {target.Incoming?.Secret}
        set reverse-username {target.Outgoing?.Name}
        set reverse-password {target.Outgoing?.Secret}
        """;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Daemon.Dispose();
        await Boot.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
