using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using Bootlace.Boot;
using Bootlace.Harness;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>Images that a private authority's signer has signed by the openssl command: for each file, and for a list
/// of files.</summary>
public sealed class SignedImages
{
    private static readonly TestIdentity s_root = TestIdentity.Make("Private Root", isAuthority: true);
    private static readonly TestIdentity s_between = TestIdentity.Make("Builders", s_root, isAuthority: true);
    private static readonly TestIdentity s_signer = TestIdentity.Make("Boot Signing", s_between, "rsa2048");

    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public async Task SignedKernelAndListedInitrdBoot(string firmware)
    {
        await using BootBed bed = await CreateAsync(nameof(SignedImages), firmware);
        bed.Script = $$"""
            #!ipxe
            certstore --trust root.crt
            imgtrust --permanent
            manifest --signer Somebody SHA256SUMS ||
            set signer Boot Signing
            manifest --signer ${signer} SHA256SUMS
            kernel vmlinuz {{bed.Payload.CommandLine}}
            imgverify vmlinuz vmlinuz.sig
            initrd initrd.img
            imgstat
            boot

            """;
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectLinuxAsync(bed.Payload);
        Assert.True(machine.Serial.HasSaid("Signed by Boot Signing"));
        Assert.False(machine.Serial.HasSaid("UNVERIFIED"));
    }

    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public async Task OneFlippedBitIsRefusedByEachOfThem(string firmware)
    {
        await using BootBed bed = await CreateAsync("SignedImagesFlipped", firmware);
        byte[] flipped = await File.ReadAllBytesAsync(bed.Payload.Kernel);
        flipped[flipped.Length / 2] ^= 0x01;
        bed.Server["/vmlinuz"] = ServedFile.FromBytes(flipped);
        bed.Server["/unlisted"] = ServedFile.FromText("nobody lists this");
        bed.Script = """
            #!ipxe
            certstore --trust root.crt
            kernel vmlinuz
            imgverify vmlinuz vmlinuz.sig ||
            manifest SHA256SUMS
            imgfetch unlisted ||
            imgfetch --name again vmlinuz ||
            imgtrust --permanent
            imgtrust --allow ||
            boot vmlinuz

            """;
        await using VirtualMachine machine = bed.Start();
        FailureKind[] kinds =
        [
            SignatureFailure.OtherFile, SignatureFailure.NotInManifest, SignatureFailure.OtherThanListed,
            SignatureFailure.IsPermanent, SignatureFailure.NotTrusted,
        ];
        foreach (FailureKind kind in kinds)
            await machine.ExpectAsync(Expectations.BootLimit, $"[{kind.Code:x8}] - {kind.Hint}");
        await machine.ExpectReturnAsync();
    }

    private static async Task<BootBed> CreateAsync(string name, string firmware)
    {
        BootBed bed = await BootBed.CreateAsync(name, Firmware.ByName(firmware));
        byte[] kernel = await File.ReadAllBytesAsync(bed.Payload.Kernel);
        byte[] list = Encoding.ASCII.GetBytes($"{Digest(kernel)}  vmlinuz\n"
            + $"{Digest(await File.ReadAllBytesAsync(bed.Payload.Initrd))}  initrd.img\n"
            + $"{Digest(s_root.Der)}  root.crt\n");
        using var openssl = new OpenSsl();
        openssl.Write("chain.crt", s_between.Pem + s_root.Pem);
        bed.Server["/root.crt"] = ServedFile.FromText(s_root.Pem);
        bed.Server["/SHA256SUMS"] = ServedFile.FromBytes(list);
        bed.Server["/SHA256SUMS.sig"] = ServedFile.FromBytes(
            openssl.Sign(list, s_signer, "-noattr -certfile chain.crt -outform PEM"));
        bed.Server["/vmlinuz.sig"] = ServedFile.FromBytes(
            openssl.Sign(kernel, s_signer, "-certfile chain.crt -outform DER"));
        return bed;
    }

    private static string Digest(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file));
}
