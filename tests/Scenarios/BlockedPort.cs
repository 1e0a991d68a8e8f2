using System.Threading.Tasks;
using Bootlace.Harness;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>A switch that lets nothing through for a while: DHCP waits in silence as long as the switch says so, and
/// then boots; where the switch waits for LACP, the loader's answer opens the port.</summary>
public sealed class BlockedPort
{
    private const int HellosHeard = 10;   // twice as long as the loader waits for an offer that nobody defers
    private const byte DesignatedFlags = 0x0e, ForwardingFlag = 0x20;
    private const byte ActiveFastState = 0x07, ReadyState = 0x3f;

    private const string Script = """
        #!ipxe
        ifstat
        echo the port is open
        exit

        """;

    [Theory]
    [MemberData(nameof(Machines.Families), MemberType = typeof(Machines))]
    public async Task SpanningTreeIsWaitedFor(string firmware)
    {
        await using BootBed bed = await BootBed.CreateAsync(nameof(BlockedPort), Firmware.ByName(firmware));
        using GuardedSwitch port = new(Tree(DesignatedFlags), Tree(DesignatedFlags | ForwardingFlag), _ => false);
        Plug(bed, port, "ifopen net0 && sleep 3 && ifstat && dhcp && chain ${filename}");
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectAsync(Expectations.BootLimit, "[Link:up (blocked), ");
        await machine.ExpectAsync(Expectations.BootLimit, "(the switch blocks the port)");
        (int lost, int said) = (port.LostFrames, port.SaidClosed);
        await machine.WaitUntilAsync(() => port.SaidClosed >= said + HellosHeard);
        Assert.Equal(lost, port.LostFrames);   // not one more question into the void
        port.Open();
        await machine.ExpectAsync(Expectations.BootLimit, "[Link:up, ");
        await machine.ExpectAsync(Expectations.BootLimit, "the port is open");
        await machine.ExpectReturnAsync();
    }

    [Theory]
    [MemberData(nameof(Machines.Families), MemberType = typeof(Machines))]
    public async Task LacpIsAnswered(string firmware)
    {
        await using BootBed bed = await BootBed.CreateAsync("BlockedPortLacp", Firmware.ByName(firmware));
        using GuardedSwitch port = new(Lacp(ActiveFastState), Lacp(ReadyState), IsReady);
        Plug(bed, port, "dhcp && chain ${filename}");
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectAsync(Expectations.BootLimit, "the port is open");
        Assert.True(port.IsOpen);
        await machine.ExpectReturnAsync();
    }

    private static void Plug(BootBed bed, GuardedSwitch port, string line)
    {
        bed.Script = Script;
        bed.Setup = bed.Setup with
        {
            Start = new MachineStart.Program(LoaderImage.For(bed.Setup.Firmware.Architecture), line),
            Network = new MachineNetwork.Guarded(port, bed.Server.GuestUrl("/boot.ipxe")),
        };
    }

    private static byte[] Header(byte group) => [0x01, 0x80, 0xc2, 0, 0, group, 0x52, 0x54, 0, 0xfe, 0xdc, 0xbb];

    /// <summary>Rapid spanning tree. It promises a hello every four seconds, so that one more or less that a busy host
    /// sends late does not matter.</summary>
    private static byte[] Tree(int flags) =>
    [
        .. Header(0x00), 0, 39, 0x42, 0x42, 3, 0, 0, 2, 2, (byte)flags,
        0x10, 0, 0x52, 0x54, 0, 0xfe, 0xdc, 0xba, 0, 0, 0, 0, 0x10, 0, 0x52, 0x54, 0, 0xfe, 0xdc, 0xba, 0x80, 1,
        0, 0, 20, 0, 4, 0, 15, 0, 0, .. new byte[7],
    ];

    private static byte[] Lacp(byte state) =>
    [
        .. Header(0x02), 0x88, 0x09, 1, 1,
        1, 20, 0x80, 0, 0x52, 0x54, 0, 0xfe, 0xdc, 0xba, 0, 0x11, 0x80, 0, 0, 7, state, 0, 0, 0,
        2, 20, .. new byte[18], 3, 16, .. new byte[14], .. new byte[52],
    ];

    /// <summary>An answer of LACP that puts our end into service, and knows to whom it speaks.</summary>
    private static bool IsReady(byte[] bytes) =>
        EthernetView.TryRead(bytes, out EthernetView frame, out _) && frame.Type == EtherType.SlowProtocols
        && LacpView.TryRead(frame.Payload, out LacpView lacp, out _)
        && lacp.State.HasFlag(LacpState.InSync | LacpState.Collecting | LacpState.Distributing)
        && lacp.System.ToString() == MachineNetwork.GuestMac && frame.Payload[22 + 4 + 1] == 0x54;
}
