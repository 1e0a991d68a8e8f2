using System.Linq;
using System.Threading.Tasks;
using Bootlace.Boot;
using Bootlace.Harness;
using Bootlace.Uefi;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>Under Secure Boot a distribution's kernel starts by the distribution's shim, and only where the firmware
/// itself does not know who signed it.</summary>
public sealed class SecureBootShim
{
    private const string Shim = "/shim.efi", UnsignedShim = "/unsigned.efi";

    /// <summary>The firmware there is with a key of our own.</summary>
    public static TheoryData<string> Families => ["ovmf", "aavmf"];

    [Theory]
    [MemberData(nameof(Families))]
    public async Task AKernelThatTheFirmwareRefusesStartsByItsShim(string firmware)
    {
        await using BootBed bed = await CreateAsync(nameof(SecureBootShim), new SecureBoot(firmware));
        bed.Script = $"""
            #!ipxe
            kernel vmlinuz {bed.Payload.CommandLine} one=1 last
            initrd initrd.img
            boot ||
            shim {UnsignedShim} && boot ||
            shim {Shim}
            boot

            """;
        await using VirtualMachine machine = bed.Start();
        foreach (FailureKind failure in new[] { FirmwareFailure.ImageUntrusted, FirmwareFailure.ShimUntrusted })
            await machine.ExpectAsync(Expectations.BootLimit, $"[{failure.Code:x8}] - {failure.Hint}");
        await machine.ExpectLinuxAsync(bed.Payload, hasBanner: false);
        Assert.True(machine.Serial.HasSaid("Secure boot enabled"), "Linux came up without Secure Boot.");
        Assert.True(
            machine.Serial.HasSaid($"ommand line: vmlinuz {bed.Payload.CommandLine} one=1 last"),
            "The command line is not whole.");
    }

    [Theory]
    [MemberData(nameof(Families))]
    public async Task WhereTheFirmwareTakesTheKernelNoShimIsFetched(string firmware)
    {
        var secure = new SecureBoot(firmware);
        await using BootBed bed = await CreateAsync("SecureBootWithoutShim", secure);
        bed.Script = bed.DefaultScript.Replace("boot\n", $"shim {Shim}\nboot\n");
        bed.Server["/vmlinuz"] = ServedFile.FromBytes(secure.Sign(bed.Payload.Kernel));
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectLinuxAsync(bed.Payload);
        Assert.True(machine.Serial.HasSaid("Secure boot enabled"), "Linux came up without Secure Boot.");
        Assert.DoesNotContain(Shim, bed.Server.Requests.Select(it => it.Path));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public async Task AShimThatKnowsWhatIsRevokedRefusesKernelsWithoutThatMark(string firmware)
    {
        await using BootBed bed = await CreateAsync("SecureBootSbat", new SecureBoot(firmware));
        bed.Script = bed.DefaultScript.Replace("boot\n", $"shim --allow-sbat {Shim}\nboot\n");
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectAsync(Expectations.BootLimit, "Verification failed");   // shim's own words, in a box
        await machine.TypeAsync("\r");
        await machine.ExpectFailureAsync(ImageFailure.CameBack, "vmlinuz");
    }

    [Fact]
    public async Task WithoutSecureBootAShimThatWasNamedIsNotUsed()
    {
        await using BootBed bed = await BootBed.CreateAsync("ShimWithoutSecureBoot", Firmware.ByName("uboot"));
        bed.Server[Shim] = ServedFile.FromPath(ShimFor(bed.Payload.Architecture));
        bed.Script = bed.DefaultScript.Replace("kernel ", $"shim {Shim}\nimgstat\nkernel ");
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectLinuxAsync(bed.Payload);
        Assert.Contains(Shim, bed.Server.Requests.Select(it => it.Path));
        Assert.True(machine.Serial.HasSaid($"ommand line: vmlinuz {bed.Payload.CommandLine}"), "It was another start.");
    }

    private static async Task<BootBed> CreateAsync(string name, SecureBoot secure)
    {
        BootBed bed = await BootBed.CreateAsync(name, secure.Firmware);
        bed.Setup = bed.Setup with { Start = new MachineStart.Program(secure.Loader) };
        string shim = ShimFor(secure.Firmware.Architecture);
        bed.Server[Shim] = ServedFile.FromBytes(secure.Sign(shim));
        bed.Server[UnsignedShim] = ServedFile.FromPath(shim);
        return bed;
    }

    /// <summary>Debian's shim, which knows Debian's kernels, before it was signed for the firmware.</summary>
    private static string ShimFor(Architecture architecture) =>
        PayloadCache.Get(PayloadCache.Own, "shim-unsigned", architecture.DebianName()).File("usr/lib/shim/shim*.efi");
}
