using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Script;

namespace Bootlace.ScriptCheck;

/// <summary>A machine for scripts that is not there: the loader's own commands, over parts that pretend.</summary>
public sealed class StubMachine
{
    private readonly TracePrinter _printer;
    private readonly Dictionary<Type, object> _behaviours;

    /// <summary>Makes one.</summary>
    /// <param name="output">Where a trace goes.</param>
    /// <param name="folder">Where relative names are looked for.</param>
    /// <param name="choices">What is chosen from menus, one after the other.</param>
    /// <param name="commandsMax">After so many commands a trace ends: scripts may go round for ever.</param>
    public StubMachine(
        TextWriter output, string folder = ".", IEnumerable<string>? choices = null, int commandsMax = 1000)
    {
        _printer = new TracePrinter(output, commandsMax);
        _behaviours = new Dictionary<Type, object>
        {
            [typeof(SettingsStore)] = Settings,
            [typeof(ITerminal)] = new StubTerminal(_printer, new Queue<string>(choices ?? [])),
            [typeof(IScriptClock)] = new StubClock(_printer),
            [typeof(IImages)] = new StubImages(_printer, folder),
            [typeof(INetwork)] = new StubNetwork(_printer, Settings),
            [typeof(IMachine)] = new StubPower(),
            [typeof(IBuses)] = new StubBuses(),
            [typeof(ISan)] = new StubDisks(_printer),
            [typeof(ICertificates)] = new StubCertificates(_printer),
        };
        ScriptHost host = MakeHost();
        Interpreter = new Interpreter(StandardCommands.Create(host), Settings, host.Terminal, host.Clock);
        _printer.Interpreter = Interpreter;
        RegisterSettings();
    }

    /// <summary>All settings: those of the network appear with <c>dhcp</c>.</summary>
    public SettingsStore Settings { get; } = new();

    /// <summary>Runs the scripts.</summary>
    public Interpreter Interpreter { get; }

    /// <summary>Runs a script and prints every command that it comes to.</summary>
    /// <param name="name">What the trace calls it.</param>
    /// <param name="content">The script.</param>
    /// <returns>Whether it came to its end, or to a program that takes over, without a failure.</returns>
    public bool Trace(string name, ReadOnlySpan<byte> content)
    {
        Interpreter.Trace = _printer;
        try
        {
            var source = new ScriptSource(name, ByteText.FromBytes(content));
            Task<ScriptEnd> task = Interpreter.RunScriptAsync(source, CancellationToken.None);
            if (!task.IsCompleted) throw new InvalidOperationException("A part of the stub machine waits.");
            Status status = task.GetAwaiter().GetResult().Status;
            _printer.Line(status.IsSuccess ? $"{name}: ends" : $"{name}: ends with {status.Code:x8}");
            return status.IsSuccess;
        }
        catch (TraceEnd end)
        {
            _printer.Line($"{name}: {end.Message}");
            return end.IsSuccess;
        }
        finally
        {
            Interpreter.Trace = null;
        }
    }

    /// <summary>A host with all parts it asks for, also those that are newer than this class.</summary>
    private ScriptHost MakeHost()
    {
        var host = (ScriptHost)RuntimeHelpers.GetUninitializedObject(typeof(ScriptHost));
        foreach (PropertyInfo part in typeof(ScriptHost).GetProperties())
        {
            if (!part.CanWrite) continue;
            Type type = part.PropertyType;
            _behaviours.TryGetValue(type, out object? behaviour);
            part.SetValue(
                host, type.IsInterface ? StubPart.Make(type, behaviour) : behaviour ?? StubPart.NothingOf(type));
        }
        return host;
    }

    private void RegisterSettings()
    {
        var builtin = new ComputedBlock("builtin", DeclaredSettings.Builtin);
        builtin.Add("errno", () => SettingTypes.Uint32.FromNumber(Interpreter.ErrorNumber));
        builtin.Add("buildarch", () => "x86_64"u8.ToArray());
        builtin.Add("platform", () => "efi"u8.ToArray());
        builtin.Add("version", () => "0.0"u8.ToArray());
        Settings.Register(builtin, Settings.Root);
        Settings.Register(new AliasBlock("netX", () => Settings.Root.FindChild("net0")), Settings.Root);
        var net0 = new PlainBlock("net0");
        Settings.Register(net0, Settings.Root);
        foreach ((string name, string value) in ((string, string)[])
        [
            ("net0/mac:hex", "52:54:00:12:34:56"), ("net0/ifname", "net0"), ("net0/chip", "stub"),
            ("smbios/uuid:uuid", "7f0b3c52-1d5e-4c6a-9a43-0d6f6a6c2b11"), ("smbios/manufacturer", "Nobody"),
            ("smbios/product", "Stub"), ("smbios/serial", "0001"),
        ])
            Settings.StoreText(name, value);
    }
}
