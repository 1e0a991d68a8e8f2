using System.IO;
using System.Threading.Tasks;
using Bootlace.Harness;
using Bootlace.Net;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>`lotest` between two cards on one hub: it goes on until Ctrl-C, and a cable that is pulled out loses a
/// frame. U-Boot shows programs one card only.</summary>
public sealed class TwoCards
{
    private const string CtrlC = "\u0003";

    private const string Line = "lotest net0 net1 || lotest --broadcast --mtu 100 net1 net0 || "
        + "ifstat && lotest net0 net1";

    /// <summary>The firmware that shows both cards.</summary>
    public static TheoryData<string> Machines => [Firmware.ByName("ovmf").Name, Firmware.ByName("aavmf").Name];

    [Theory]
    [MemberData(nameof(Machines))]
    public async Task FramesGoFromOneCardToTheOtherUntilTheCableIsPulled(string firmwareName)
    {
        Firmware firmware = Firmware.ByName(firmwareName);
        await using BootBed bed = await BootBed.CreateAsync(nameof(TwoCards), firmware);
        string capture = Path.Combine(Repository.Logs, $"{bed.Setup.Name}.pcap");
        bed.Setup = bed.Setup with
        {
            Start = new MachineStart.Program(LoaderImage.For(firmware.Architecture), Line),
            Network = new MachineNetwork.TwoCards(),
            Extras =
            [
                .. MachineNetwork.TwoCards.SecondCard,
                "-object", $"filter-dump,id=dump,netdev=n0,file={capture}",
            ],
        };
        await using VirtualMachine machine = bed.Start();
        foreach (string way in new[] { "from net0 to net1", "from net1 to net0" })
        {
            await machine.ExpectAsync(Expectations.BootLimit, $"Testing the way {way}; Ctrl-C ends it");
            await ExpectFramesAsync(machine, capture);
            await machine.TypeAsync(CtrlC);
            await machine.ExpectAsync(Expectations.BootLimit, " frames arrived");
        }
        await machine.ExpectAsync(Expectations.BootLimit, $"net1: {MachineNetwork.TwoCards.SecondMac} using SNP");
        await machine.ExpectAsync(Expectations.BootLimit, "Testing the way from net0 to net1");
        await ExpectFramesAsync(machine, capture);
        await machine.SetLinkAsync(isUp: false);
        await machine.ExpectFailureAsync(NetFailure.FrameLost, "A frame from net0 did not arrive at net1");
    }

    /// <summary>A frame is sent only when the one before it has arrived.</summary>
    private static async Task ExpectFramesAsync(VirtualMachine machine, string capture)
    {
        const int FramesBytes = 10 * 1514;   // the longest there are
        long before = new FileInfo(capture).Length;
        await machine.WaitUntilAsync(() => new FileInfo(capture).Length >= before + FramesBytes);
    }
}
