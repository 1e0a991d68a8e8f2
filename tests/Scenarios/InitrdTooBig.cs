using System.Threading.Tasks;
using Bootlace.Boot;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>An initrd that does not fit into memory is a failure with words, not a machine that hangs or
/// crashes.</summary>
public sealed class InitrdTooBig
{
    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public async Task AnInitrdLargerThanMemoryIsRefused(string firmware)
    {
        await using BootBed bed = await BootBed.CreateAsync(nameof(InitrdTooBig), Firmware.ByName(firmware));
        bed.Server["/initrd.img"] = ServedFile.OfZeros(1L << 30);
        bed.Setup = bed.Setup with { MemoryMiB = 512 };
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectFailureAsync(ImageFailure.NoMemory, "initrd.img");
    }
}
