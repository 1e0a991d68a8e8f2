using System;
using System.Collections.Generic;

namespace Bootlace.Harness;

/// <summary>The kinds of target daemon, by their packages' names.</summary>
public static class TargetDaemons
{
    /// <summary>The Linux daemon that every distribution has.</summary>
    public const string Tgt = "tgt";

    /// <summary>The daemon of the BSDs.</summary>
    public const string Istgt = "istgt";

    /// <summary>Those that this machine's distribution has; it says so when it lacks one.</summary>
    public static IReadOnlyList<string> Names { get; } = FindAll();

    /// <summary>Starts a daemon.</summary>
    /// <param name="kind">One of <see cref="Names"/>.</param>
    /// <param name="name">Names the log.</param>
    /// <param name="isLogged">Whether logins and commands are logged and counted; tgt alone can do that.</param>
    /// <param name="targets">What it offers.</param>
    public static ITargetDaemon Start(
        string kind, string name, bool isLogged, params IReadOnlyList<IscsiTarget> targets) =>
        kind == Istgt ? IstgtTarget.Start(name, targets) : TgtTarget.Start(name, isLogged, targets);

    /// <summary>A LUN's root path as the guest has to write it (RFC 4173, section 5).</summary>
    /// <param name="daemon">Whose.</param>
    /// <param name="target">Which target.</param>
    /// <param name="lun">Its LUN; null for the first disk's.</param>
    /// <param name="port">The port to name: a relay's; null for the daemon's own.</param>
    public static string RootPath(
        this ITargetDaemon daemon, IscsiTarget target, int? lun = null, int? port = null) =>
        $"iscsi:{daemon.Host}::{port ?? daemon.Port}:{lun ?? daemon.FirstLun:x}:{target.Name}";

    private static List<string> FindAll()
    {
        List<string> names = [Tgt];
        if (PayloadCache.Has(PayloadCache.Own, Istgt, ArchitectureNames.OfThisMachine.DebianName()))
            names.Add(Istgt);
        else
            PayloadCache.Say(
                $"{PayloadCache.Own.Name} has no package {Istgt}: the scenarios with that target daemon are left out");
        return names;
    }
}
