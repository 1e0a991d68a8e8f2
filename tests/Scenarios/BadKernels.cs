using System;
using System.IO;
using System.Threading.Tasks;
using Bootlace.Boot;
using Bootlace.Harness;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>A kernel that is none for this machine is refused before the firmware sees it: U-Boot would run a truncated
/// one, and read past its end.</summary>
public sealed class BadKernels
{
    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public Task TextIsRefused(string firmware) => RefusesAsync(
        firmware,
        "KernelIsText",
        _ => ServedFile.FromText("<html><body>Please log in</body></html>\n"),
        ImageFailure.IsText);

    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public Task AKernelForTheOtherArchitectureIsRefused(string firmware) => RefusesAsync(
        firmware,
        "KernelIsForeign",
        payload => ServedFile.FromPath(LinuxPayload.Prepare(Other(payload.Architecture)).Kernel),
        ImageFailure.WrongMachine);

    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public Task ATruncatedKernelIsRefused(string firmware) => RefusesAsync(
        firmware,
        "KernelIsTruncated",
        payload => ServedFile.FromBytes(File.ReadAllBytes(payload.Kernel)[..1_000_000]),
        ImageFailure.Truncated);

    private static async Task RefusesAsync(
        string firmware, string name, Func<LinuxPayload, ServedFile> kernel, FailureKind expected)
    {
        await using BootBed bed = await BootBed.CreateAsync(name, Firmware.ByName(firmware));
        bed.Server["/vmlinuz"] = kernel(bed.Payload);
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectFailureAsync(expected, "vmlinuz");
    }

    private static Architecture Other(Architecture it) =>
        it == Architecture.X64 ? Architecture.Arm64 : Architecture.X64;
}
