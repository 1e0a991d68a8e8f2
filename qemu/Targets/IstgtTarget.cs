using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;

namespace Bootlace.Harness;

/// <summary>The iSCSI target daemon `istgt` on a free port of the loopback, with a configuration of its own in a
/// temporary folder. It is only unpacked: installed, it would be a service of the machine. Needs no rights.</summary>
public sealed class IstgtTarget : ITargetDaemon
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan StartPause = TimeSpan.FromMilliseconds(25);

    private readonly string _folder;
    private readonly string _log;
    private readonly IReadOnlyList<IscsiTarget> _targets;
    private ChildProcess? _daemon;

    private IstgtTarget(string name, IReadOnlyList<IscsiTarget> targets)
    {
        _targets = targets;
        _folder = Directory.CreateTempSubdirectory("bootlace-istgt-").FullName;
        _log = Path.Combine(Repository.Logs, name + ".istgt.txt");
        Port = LoopbackPort.FindFree();
    }

    /// <inheritdoc/>
    public string Host => MachineNetwork.User.HostAddress;

    /// <inheritdoc/>
    public int Port { get; }

    /// <inheritdoc/>
    public int FirstLun => 0;

    /// <summary>Starts targets. Digests are demanded where they have them, and as the initiator wishes
    /// otherwise.</summary>
    /// <param name="name">Names the log.</param>
    /// <param name="targets">What it offers.</param>
    /// <exception cref="HarnessException">istgt cannot be had or does not start.</exception>
    public static IstgtTarget Start(string name, params IReadOnlyList<IscsiTarget> targets)
    {
        IstgtTarget target = new(name, targets);
        try
        {
            target.Start();
            return target;
        }
        catch
        {
            target.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _daemon?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Start()
    {
        UnpackedProgram istgt = UnpackedProgram.Get(
            PayloadCache.Own, TargetDaemons.Istgt, ArchitectureNames.OfThisMachine.DebianName());
        string configuration = Path.Combine(_folder, "istgt.conf");
        File.WriteAllText(configuration, Configuration());
        File.WriteAllText(AccountsFile, Accounts());
        _daemon = ChildProcess.Start(
            istgt.Package.File("usr/sbin/istgt"), ["-D", "-c", configuration], environment: istgt.Environment);
        ProcessLog.Follow(_daemon, _log);
        Stopwatch watch = Stopwatch.StartNew();
        while (!IsListening())
        {
            if (_daemon.HasExited || watch.Elapsed > StartLimit)
                throw new HarnessException($"istgt does not start; see {_log}.");
            Thread.Sleep(StartPause);
        }
    }

    private bool IsListening()
    {
        try
        {
            using TcpClient client = new();
            client.Connect(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private string AccountsFile => Path.Combine(_folder, "auth.conf");

    private string Configuration()
    {
        StringBuilder text = new($"""
            [Global]
              NodeBase iqn.2026-11.net.bootlace
              PidFile {_folder}/istgt.pid
              AuthFile {AccountsFile}
              MediaDirectory {_folder}
              Timeout 30
              NopInInterval 20
              DiscoveryAuthMethod None
              MaxSessions 16
              MaxConnections 1
              FirstBurstLength 262144
              MaxBurstLength 1048576
              MaxRecvDataSegmentLength 262144
            [UnitControl]
            [PortalGroup1]
              Portal P1 127.0.0.1:{Port}

            """);
        for (int i = 0; i < _targets.Count; i++)
            text.Append(Unit(_targets[i], i + 1));
        return text.ToString();
    }

    private static string Unit(IscsiTarget target, int number)
    {
        string authentication = target switch
        {
            { Outgoing: not null } => "CHAP Mutual",
            { Incoming: not null } => "CHAP",
            _ => "None",
        };
        IEnumerable<string> disks = target.Disks.Select((path, lun) => $"  LUN{lun} Storage {path} Auto\n");
        return $"""
            [InitiatorGroup{number}]
              InitiatorName {target.Initiator ?? "ALL"}
              Netmask ALL
            [LogicalUnit{number}]
              TargetName {target.Name}
              Mapping PortalGroup1 InitiatorGroup{number}
              AuthMethod {authentication}
              AuthGroup AuthGroup{number}
              UseDigest {(target.HasDigests ? "Header Data" : "Auto")}
              UnitType Disk
              BlockLength {target.BlockBytes}
            {string.Concat(disks)}

            """;
    }

    private string Accounts()
    {
        StringBuilder text = new();
        for (int i = 0; i < _targets.Count; i++)
        {
            text.Append($"[AuthGroup{i + 1}]\n");
            if (_targets[i].Incoming is not { } incoming)
                continue;
            ChapAccount? outgoing = _targets[i].Outgoing;
            text.Append($"  Auth \"{incoming.Name}\" \"{incoming.Secret}\"");
            text.Append(outgoing is null ? "\n" : $" \"{outgoing.Name}\" \"{outgoing.Secret}\"\n");
        }

        return text.ToString();
    }
}
