using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Harness;

/// <summary>The iSCSI target daemon `tgtd` on a free port of the loopback, which guests on QEMU's user networking see
/// at 10.0.2.2. It is only unpacked: installed, it would serve at once, on everybody's port 3260. Needs no
/// rights.</summary>
public sealed class TgtTarget : ITargetDaemon
{
    private const int ControlTriesMax = 200;
    private static readonly TimeSpan ControlPause = TimeSpan.FromMilliseconds(25);

    private readonly IReadOnlyList<IscsiTarget> _targets;
    private readonly bool _isLogged;
    private readonly NamespaceLan? _lan;
    private readonly string _folder;
    private readonly Dictionary<string, string> _environment;
    private readonly UnpackedProgram _tgt;
    private readonly FileStream _log;
    private readonly TargetActivity _activity = new();
    private ChildProcess? _daemon;

    private TgtTarget(string name, bool isLogged, NamespaceLan? lan, IReadOnlyList<IscsiTarget> targets)
    {
        _targets = targets;
        _lan = lan;
        _isLogged = isLogged;
        _folder = Directory.CreateTempSubdirectory("bootlace-tgt-").FullName;
        _tgt = UnpackedProgram.Get(PayloadCache.Own, TargetDaemons.Tgt, ArchitectureNames.OfThisMachine.DebianName());
        _environment = new Dictionary<string, string>(_tgt.Environment)
        {
            ["TGT_IPC_SOCKET"] = Path.Combine(_folder, "control"),
        };
        Port = LoopbackPort.FindFree();
        string log = Path.Combine(Repository.Logs, name + ".tgt.txt");
        _log = new FileStream(log, FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
    }

    /// <inheritdoc/>
    public string Host => _lan is null ? MachineNetwork.User.HostAddress : NamespaceLan.ServerAddress;

    /// <summary>The port on 127.0.0.1, or on the server's address in a namespace; it stays the same over
    /// restarts.</summary>
    public int Port { get; }

    /// <summary>tgt keeps LUN 0 for itself.</summary>
    public int FirstLun => 1;

    /// <summary>What initiators did, over all starts; counted only when the target was started with a log.</summary>
    public TargetActivity Activity => _activity;

    /// <summary>Starts targets.</summary>
    /// <param name="name">Names the log.</param>
    /// <param name="isLogged">Whether logins and commands are logged and counted, which slows it down.</param>
    /// <param name="targets">What it offers, in the order of their target ids from 1.</param>
    /// <exception cref="HarnessException">tgt cannot be had or does not start.</exception>
    public static TgtTarget Start(string name, bool isLogged, params IReadOnlyList<IscsiTarget> targets) =>
        Start(name, isLogged, lan: null, targets);

    /// <summary>The same in a namespace, where only its own machine sees it.</summary>
    public static TgtTarget Start(
        string name, bool isLogged, NamespaceLan? lan, params IReadOnlyList<IscsiTarget> targets)
    {
        TgtTarget target = new(name, isLogged, lan, targets);
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

    /// <summary>Starts the daemon, with every target in place before the port opens.</summary>
    public void Start()
    {
        foreach (string old in Directory.GetFiles(_folder, "control*"))
            File.Delete(old);   // a killed daemon leaves its socket behind
        string daemon = _tgt.Package.File("usr/sbin/tgtd");
        List<string> arguments =
        [
            // The daemon cannot be without a portal at its start; initiators must not see it before it is ready.
            "-f", "-t", "1", "--iscsi", $"portal=127.0.0.1:{LoopbackPort.FindFree()}",
        ];
        if (_isLogged)
            arguments.AddRange(["-d", "1"]);
        _daemon = StartDaemon(daemon, arguments);
        _ = Task.WhenAll(LogAsync(_daemon.Output), LogAsync(_daemon.Errors));
        AwaitControl();
        Configure();
        AddPortal(Port);
    }

    /// <summary>It listens on one more port of the same address.</summary>
    public void AddPortal(int port)
    {
        string address = _lan is null ? "127.0.0.1" : NamespaceLan.ServerAddress;
        Control("--mode", "portal", "--op", "new", "--param", $"portal={address}:{port}");
    }

    /// <summary>The daemon dies as by loss of power: no goodbye to anybody, and nothing listens.</summary>
    public void Kill()
    {
        _daemon?.Dispose();
        _daemon = null;
    }

    /// <summary>Dies, and comes back after a while with the same disks on the same port.</summary>
    public async Task RestartAsync(TimeSpan away)
    {
        Kill();
        await Task.Delay(away);
        Start();
    }

    /// <summary>Gives the daemon an order.</summary>
    /// <returns>What it answered.</returns>
    public string Control(params IEnumerable<string> arguments) => Tool.Require(
        _tgt.Package.File("usr/sbin/tgtadm"), ["--lld", "iscsi", .. arguments], environment: _environment);

    /// <summary>How many initiators are logged in now.</summary>
    /// <param name="index">To which target.</param>
    public int Sessions(int index = 0) =>
        Control("--mode", "conn", "--op", "show", "--tid", $"{index + 1}").Split("Session:").Length - 1;

    /// <inheritdoc/>
    public void Dispose()
    {
        Kill();
        lock (_log)
            _log.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private ChildProcess StartDaemon(string daemon, List<string> arguments)
    {
        if (_lan is not null)
            return _lan.Start(daemon, arguments, _environment);
        // It takes orders from user 0 alone: a user is that in a user namespace of its own.
        bool isRoot = Environment.UserName == "root";
        return isRoot
            ? ChildProcess.Start(daemon, arguments, environment: _environment)
            : ChildProcess.Start("unshare", ["--map-root-user", daemon, .. arguments], environment: _environment);
    }

    private void AwaitControl()
    {
        for (int attempt = 0; attempt < ControlTriesMax; attempt++)
        {
            ToolResult answer = Tool.Capture(
                _tgt.Package.File("usr/sbin/tgtadm"), ["--lld", "iscsi", "--mode", "target", "--op", "show"],
                environment: _environment);
            if (answer.ExitCode == 0)
                return;
            if (_daemon!.HasExited)
                break;
            Thread.Sleep(ControlPause);
        }

        throw new HarnessException($"tgtd does not take orders; see {_log.Name}.");
    }

    private void Configure()
    {
        List<string> accounts = [];
        for (int i = 0; i < _targets.Count; i++)
        {
            IscsiTarget target = _targets[i];
            string[] id = ["--tid", (i + 1).ToString(CultureInfo.InvariantCulture)];
            Control(["--mode", "target", "--op", "new", .. id, "--targetname", target.Name]);
            for (int disk = 0; disk < target.Disks.Count; disk++)
                Control([
                    "--mode", "logicalunit", "--op", "new", .. id, "--lun", $"{disk + 1}",
                    "--backing-store", target.Disks[disk], "--blocksize", $"{target.BlockBytes}",
                ]);
            string digest = target.HasDigests ? "CRC32C" : "None";
            Update(id, "HeaderDigest", digest);
            Update(id, "DataDigest", digest);
            if (target.PingSeconds > 0)
            {
                Update(id, "nop_interval", $"{target.PingSeconds}");
                Update(id, "nop_count", $"{IscsiTarget.PingsUnanswered}");
            }

            Bind(target.Incoming, accounts, id);
            Bind(target.Outgoing, accounts, [.. id, "--outgoing"]);
            Control(["--mode", "target", "--op", "bind", .. id, "--initiator-address", "ALL"]);
            if (target.Initiator is { } initiator)
                Control(["--mode", "target", "--op", "bind", .. id, "--initiator-name", initiator]);
        }
    }

    private void Update(string[] id, string name, string value) =>
        Control(["--mode", "target", "--op", "update", .. id, "--name", name, "--value", value]);

    private void Bind(ChapAccount? account, List<string> known, string[] place)
    {
        if (account is null)
            return;
        if (!known.Contains(account.Name))
            Control("--mode", "account", "--op", "new", "--user", account.Name, "--password", account.Secret);
        known.Add(account.Name);
        Control(["--mode", "account", "--op", "bind", "--user", account.Name, .. place]);
    }

    private async Task LogAsync(Stream source)
    {
        using StreamReader reader = new(source, Encoding.UTF8);
        while (await reader.ReadLineAsync() is { } line)
        {
            if (!_activity.Count(line) && _isLogged && !TargetActivity.IsWorthLogging(line))
                continue;
            lock (_log)
                if (_log.CanWrite)
                    _log.Write(Encoding.UTF8.GetBytes(line + "\n"));
        }
    }
}
