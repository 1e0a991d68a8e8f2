using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Harness;

/// <summary>A running QEMU. Disposing it ends it, whatever state it is in.</summary>
public sealed class VirtualMachine : IAsyncDisposable
{
    private static readonly TimeSpan ControlLimit = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan CrashReportTime = TimeSpan.FromSeconds(2);

    private readonly ChildProcess _qemu;
    private readonly string _folder;
    private readonly Task _reading;

    private VirtualMachine(MachineSetup setup, ChildProcess qemu, string folder, Action<string>? echo)
    {
        Setup = setup;
        _qemu = qemu;
        _folder = folder;
        Serial = new SerialLog(Path.Combine(Repository.Logs, setup.Name + ".log")) { Echo = echo };
        _reading = Task.Run(ReadSerialAsync);
    }

    /// <summary>The machine as it was wished for.</summary>
    public MachineSetup Setup { get; }

    /// <summary>What it says.</summary>
    public SerialLog Serial { get; }

    /// <summary>Starts a machine.</summary>
    /// <param name="setup">What it is like.</param>
    /// <param name="echo">Gets its output as it comes.</param>
    /// <exception cref="HarnessException">QEMU is missing.</exception>
    public static VirtualMachine Start(MachineSetup setup, Action<string>? echo = null)
    {
        string folder = Directory.CreateTempSubdirectory("bootlace-").FullName;
        string program = ProgramPath.Require(QemuCommandLine.Program(setup.Firmware.Architecture));
        IReadOnlyList<string> arguments = QemuCommandLine.Build(setup, folder);
        string record = Path.Combine(Repository.Logs, setup.Name + ".qemu.txt");
        File.WriteAllText(record, $"{program} {string.Join(' ', arguments)}\n");
        ChildProcess qemu = setup.Network is MachineNetwork.Tap tap
            ? tap.Lan.Start(program, arguments)
            : ChildProcess.Start(program, arguments);
        return new VirtualMachine(setup, qemu, folder, echo);
    }

    /// <summary>Waits until the guest has said one of these texts; see <see cref="SerialLog.ExpectAsync"/>. A guest
    /// that crashes is not waited for.</summary>
    public async Task<(string Found, TimeSpan At)> ExpectAsync(TimeSpan limit, params string[] texts)
    {
        (string found, TimeSpan at) = await Serial.ExpectAsync(limit, [.. texts, .. GuestWords.Crash]);
        if (!GuestWords.Crash.Contains(found))
            return (found, at);
        await Task.Delay(CrashReportTime);
        throw new HarnessException($"The guest crashed.\n{Serial.Describe()}");
    }

    /// <summary>Types on the serial line.</summary>
    public async Task TypeAsync(string keys)
    {
        await _qemu.Input.WriteAsync(Encoding.Latin1.GetBytes(keys));
        await _qemu.Input.FlushAsync();
    }

    /// <summary>Waits until the machine is gone.</summary>
    /// <exception cref="HarnessException">It is still there when the time is over.</exception>
    public async Task WaitForEndAsync(TimeSpan limit)
    {
        using CancellationTokenSource stop = new(limit);
        try
        {
            await _qemu.WaitAsync(stop.Token);
            await _reading.WaitAsync(stop.Token);
        }
        catch (OperationCanceledException)
        {
            throw new HarnessException(
                $"The machine did not power off in {limit.TotalSeconds:0} s.\n{Serial.Describe()}");
        }
    }

    /// <summary>Saves what the screen shows as a PNG.</summary>
    public Task ScreenshotAsync(string path) =>
        ControlAsync("screendump", new JsonObject { ["filename"] = Path.GetFullPath(path), ["format"] = "png" });

    /// <summary>Presses keys of the machine's own keyboard, one after the other.</summary>
    /// <param name="keys">QEMU's names of them, such as "down" and "ret"; "shift+2" for two at once.</param>
    public async Task PressAsync(params string[] keys)
    {
        foreach (string key in keys)
        {
            JsonArray names = [];
            foreach (string name in key.Split('+')) names.Add(new JsonObject { ["type"] = "qcode", ["data"] = name });
            await ControlAsync("send-key", new JsonObject { ["keys"] = names });
        }
    }

    /// <summary>Plugs the network cable in or out.</summary>
    public Task SetLinkAsync(bool isUp) => ControlAsync("set_link", new JsonObject { ["name"] = "n0", ["up"] = isUp });

    /// <summary>Lets the machine stand still: what happens beside it is then not overtaken by it.</summary>
    public Task PauseAsync() => ControlAsync("stop", []);

    /// <summary>Lets it go on.</summary>
    public Task ResumeAsync() => ControlAsync("cont", []);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _qemu.Kill();
        await _reading.WaitAsync(ControlLimit);
        _qemu.Dispose();
        Serial.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ControlAsync(string command, JsonObject arguments)
    {
        using CancellationTokenSource stop = new(ControlLimit);
        using QmpConnection control = await QmpConnection.OpenAsync(Path.Combine(_folder, "qmp"), stop.Token);
        await control.ExecuteAsync(command, arguments, stop.Token);
    }

    private async Task ReadSerialAsync()
    {
        Task errors = ReadErrorsAsync();
        byte[] buffer = new byte[4096];
        int count;
        while ((count = await _qemu.Output.ReadAsync(buffer)) > 0)
            Serial.Feed(buffer.AsSpan(0, count));
        await errors;
        Serial.End();
    }

    private async Task ReadErrorsAsync()
    {
        using StreamReader reader = new(_qemu.Errors, Encoding.UTF8);
        while (await reader.ReadLineAsync() is { } line)
            Serial.Feed(Encoding.UTF8.GetBytes($"\n[qemu] {line}\n"));
    }
}
