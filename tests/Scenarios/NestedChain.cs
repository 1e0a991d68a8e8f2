using System.Linq;
using System.Threading.Tasks;
using Bootlace.Harness;
using Bootlace.Transfer;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>Scripts that chain scripts: names are relative to the script they stand in, wherever that came from in the
/// end, and to the caller's again after it.</summary>
public sealed class NestedChain
{
    [Theory]
    [MemberData(nameof(Machines.Families), MemberType = typeof(Machines))]
    public async Task RelativeNamesFollowTheScriptTheyStandIn(string firmwareName)
    {
        await using BootBed bed = await BootBed.CreateAsync(nameof(NestedChain), Firmware.ByName(firmwareName));
        bed.Script = $"""
            #!ipxe
            set deep:int32 0
            chain --autofree menus/first.ipxe?site=one || exit 1
            echo back with ${"{deep}"} at ${"{cwuri}"}
            imgfetch beside.txt && imgfree beside.txt
            chain moved.ipxe || echo moved said ${"{errno}"}
            chain menus/replaced.ipxe || exit 2
            imgstat
            kernel ./menus/../vmlinuz {bed.Payload.CommandLine}
            initrd /initrd.img
            boot

            """;
        Offer(bed, "/menus/first.ipxe", """
            #!ipxe
            inc deep
            imgfetch beside.txt && imgfree beside.txt
            chain deeper/second.ipxe || exit 3
            imgfetch ../beside.txt && imgfree beside.txt
            """);
        Offer(bed, "/menus/deeper/second.ipxe", """
            #!ipxe
            inc deep
            imgfetch ../../beside.txt && imgfree
            echo still here at ${cwduri}
            exit 0
            echo not here
            """);
        // What counts is where a script came from, not where it was asked for.
        bed.Server["/moved.ipxe"] = ServedFile.FromText("") with
        {
            RedirectTo = bed.Server.GuestUrl("/elsewhere/real.ipxe"),
        };
        Offer(bed, "/elsewhere/real.ipxe", "#!ipxe\nimgfetch beside.txt && imgfree beside.txt\nexit 7\n");
        Offer(bed, "/menus/replaced.ipxe", "#!ipxe\nchain --replace deeper/third.ipxe\necho not replaced\n");
        Offer(bed, "/menus/deeper/third.ipxe", "#!ipxe\nimgfetch beside.txt && imgfree beside.txt\n");
        string[] beside = ["/beside.txt", "/menus/beside.txt", "/menus/deeper/beside.txt", "/elsewhere/beside.txt"];
        foreach (string path in beside)
            Offer(bed, path, $"{path}\n");

        await using VirtualMachine machine = bed.Start();
        await machine.ExpectAsync(Expectations.BootLimit, $"still here at {bed.Server.GuestUrl("/menus/deeper/")}");
        await machine.ExpectAsync(Expectations.BootLimit, $"back with 2 at {bed.Server.GuestUrl("/boot.ipxe")}");
        await machine.ExpectAsync(Expectations.BootLimit, "moved said 0x7");
        await machine.ExpectLinuxAsync(bed.Payload, hasBanner: false);
        Assert.False(machine.Serial.HasSaid("not here"));
        Assert.False(machine.Serial.HasSaid("not replaced"));
        Assert.Equal(
            [
                "/boot.ipxe", "/menus/first.ipxe", "/menus/beside.txt", "/menus/deeper/second.ipxe", "/beside.txt",
                "/beside.txt", "/beside.txt", "/moved.ipxe", "/elsewhere/real.ipxe", "/elsewhere/beside.txt",
                "/menus/replaced.ipxe", "/menus/deeper/third.ipxe", "/menus/deeper/beside.txt", "/vmlinuz",
                "/initrd.img",
            ],
            bed.Server.Requests.Where(it => it.Status is 200 or 302).Select(it => it.Path));
    }

    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public async Task AFailureDeepInsideStopsEveryScriptAboveAndSaysWhere(string firmwareName)
    {
        await using BootBed bed = await BootBed.CreateAsync("NestedFailure", Firmware.ByName(firmwareName));
        bed.Script = "#!ipxe\n\nchain menus/first.ipxe\necho not here\n";
        Offer(bed, "/menus/first.ipxe", "#!ipxe\nchain second.ipxe\necho not here\n");
        Offer(bed, "/menus/second.ipxe", "#!ipxe\n\n\n# four\nkernel missing\necho not here\n");
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectAsync(Expectations.BootLimit, $"[{HttpFailure.NotFound.Code:x8}]");
        await machine.ExpectAsync(Expectations.BootLimit, "second.ipxe stopped at line 5");
        await machine.ExpectAsync(Expectations.BootLimit, "first.ipxe stopped at line 2");
        await machine.ExpectAsync(Expectations.BootLimit, "boot.ipxe stopped at line 3");
        await machine.ExpectReturnAsync();
        Assert.False(machine.Serial.HasSaid("not here"));
        Assert.Contains(bed.Server.Requests, it => it.Path == "/menus/missing" && it.Status == 404);
    }

    private static void Offer(BootBed bed, string path, string text) =>
        bed.Server[path] = ServedFile.FromText(text.ReplaceLineEndings("\n"));
}
