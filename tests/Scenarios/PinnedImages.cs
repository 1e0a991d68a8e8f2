using System;
using System.IO;
using System.Security.Cryptography;
using System.Threading.Tasks;
using Bootlace.Boot;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>Images whose hashes stand in the script: the right ones boot under <c>imgtrust</c>, one flipped bit ends
/// it.</summary>
public sealed class PinnedImages
{
    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public async Task PinnedKernelAndInitrdBoot(string firmware)
    {
        await using BootBed bed = await BootBed.CreateAsync(nameof(PinnedImages), Firmware.ByName(firmware));
        bed.Script = Script(bed.Payload);
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectLinuxAsync(bed.Payload);
        string digest = Digest(File.ReadAllBytes(bed.Payload.Initrd));
        Assert.True(machine.Serial.HasSaid($"{digest}  initrd.img"), "sha256sum did not print the initrd's digest.");
        Assert.False(machine.Serial.HasSaid("UNVERIFIED"));
    }

    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public async Task AnInitrdWithOneBitFlippedIsRefused(string firmware)
    {
        await using BootBed bed = await BootBed.CreateAsync("PinnedInitrdFlipped", Firmware.ByName(firmware));
        bed.Script = Script(bed.Payload);
        byte[] flipped = await File.ReadAllBytesAsync(bed.Payload.Initrd);
        flipped[flipped.Length / 2] ^= 0x20;
        bed.Server["/initrd.img"] = ServedFile.FromBytes(flipped);
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectFailureAsync(
            SignatureFailure.OtherDigest, $"initrd.img has the SHA-256 {Digest(flipped)[..8]}");
    }

    private static string Script(LinuxPayload payload) => $"""
        #!ipxe
        imgtrust
        kernel --sha256 {Digest(File.ReadAllBytes(payload.Kernel))} vmlinuz {payload.CommandLine}
        initrd --sha256 {Digest(File.ReadAllBytes(payload.Initrd))} initrd.img
        sha256sum initrd.img
        imgstat
        boot

        """;

    private static string Digest(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file));
}
