using System;
using System.Threading.Tasks;

namespace Bootlace.Harness;

/// <summary>Everything one boot on QEMU's user networking needs: an HTTP server with a script, a Linux payload, and a
/// machine whose DHCP answer names the script. Tests change what they are about.</summary>
public sealed class BootBed : IAsyncDisposable
{
    private const string ScriptPath = "/boot.ipxe";
    private const string KernelPath = "/vmlinuz";
    private const string InitrdPath = "/initrd.img";

    private BootBed(string name, Firmware firmware, PayloadServer server, LinuxPayload payload)
    {
        Server = server;
        Payload = payload;
        Setup = new MachineSetup(
            $"{name}-{firmware.Name}",
            firmware,
            new MachineStart.Program(LoaderImage.For(firmware.Architecture)),
            new MachineNetwork.User(server.GuestUrl(ScriptPath)));
        Script = DefaultScript;
        Server[KernelPath] = ServedFile.FromPath(payload.Kernel);
        Server[InitrdPath] = ServedFile.FromPath(payload.Initrd);
    }

    /// <summary>Offers files, and says who asked for what.</summary>
    public PayloadServer Server { get; }

    /// <summary>The kernel and initrd on offer as /vmlinuz and /initrd.img.</summary>
    public LinuxPayload Payload { get; }

    /// <summary>The machine; replace it to change what it is like.</summary>
    public MachineSetup Setup { get; set; }

    /// <summary>The script that the DHCP answer names.</summary>
    public string Script
    {
        set => Server[ScriptPath] = ServedFile.FromText(value.ReplaceLineEndings("\n"));
    }

    /// <summary>Fetches kernel and initrd by relative names, from wherever the script came.</summary>
    public string DefaultScript => $"""
        #!ipxe
        echo Booting Linux from the network
        kernel vmlinuz {Payload.CommandLine}
        initrd initrd.img
        boot

        """;

    /// <summary>Makes a bed for the default boot: script, kernel and initrd over HTTP.</summary>
    /// <param name="name">Name of the scenario; names its log, together with the firmware.</param>
    /// <param name="firmware">What the machine starts with.</param>
    public static async Task<BootBed> CreateAsync(string name, Firmware firmware) =>
        new(name, firmware, await PayloadServer.StartAsync(), LinuxPayload.Prepare(firmware.Architecture));

    /// <summary>Starts the machine.</summary>
    /// <param name="echo">Gets its serial output as it comes.</param>
    public VirtualMachine Start(Action<string>? echo = null) => VirtualMachine.Start(Setup, echo);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
