using System;
using System.IO;
using System.Threading.Tasks;
using Bootlace.Boot;
using Bootlace.Harness;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>Images that the openssl command has encrypted for the machine's certificate.</summary>
public sealed class EncryptedImages
{
    private static readonly TestIdentity s_root = TestIdentity.Make("Private Root", isAuthority: true);
    private static readonly TestIdentity s_lab = TestIdentity.Make("Lab machines", s_root, "rsa2048");
    private static readonly TestIdentity s_other = TestIdentity.Make("Another lab", s_root, "rsa2048");

    [Theory]
    [MemberData(nameof(Machines.Families), MemberType = typeof(Machines))]
    public async Task DecryptedKernelAndInitrdBoot(string firmware)
    {
        await using BootBed bed = await CreateAsync(nameof(EncryptedImages), firmware);
        bed.Script = $"""
            #!ipxe
            imgdecrypt vmlinuz.dat vmlinuz.env || echo no key yet
            {Identity()}
            imgdecrypt vmlinuz.dat vmlinuz.env
            imgdecrypt --name initrd.img initrd.dat initrd.env
            imgstat
            kernel vmlinuz {bed.Payload.CommandLine}
            boot

            """;
        await using VirtualMachine machine = bed.Start();
        await ExpectAsync(machine, EnvelopeFailure.NoPrivateKey);
        await machine.ExpectAsync(Expectations.BootLimit, "no key yet");
        await machine.ExpectLinuxAsync(bed.Payload, hasBanner: false);
        Assert.True(machine.Serial.HasSaid("Decrypting vmlinuz.dat... ok"));
        Assert.True(machine.Serial.HasSaid("Decrypting initrd.dat... ok"));
    }

    [Theory]
    [MemberData(nameof(Machines.Families), MemberType = typeof(Machines))]
    public async Task AFlippedByteIsRefusedAndTheScriptGoesOn(string firmware)
    {
        await using BootBed bed = await CreateAsync("EncryptedImagesFlipped", firmware);
        bed.Script = $"""
            #!ipxe
            {Identity()}
            imgdecrypt vmlinuz.dat.flipped vmlinuz.env || echo went on after the image
            imgfree
            imgdecrypt --keep vmlinuz.dat vmlinuz.env.flipped || echo went on after the envelope
            imgdecrypt vmlinuz.dat others.env || echo went on after the other
            imgdecrypt vmlinuz.dat vmlinuz.env
            imgtrust
            boot vmlinuz || echo went on after trust
            imgtrust --allow
            initrd initrd.img
            kernel vmlinuz {bed.Payload.CommandLine}
            boot

            """;
        await using VirtualMachine machine = bed.Start();
        await ExpectAsync(machine, EnvelopeFailure.DoesNotFit);
        await machine.ExpectAsync(Expectations.BootLimit, "went on after the image");
        await ExpectAsync(machine, EnvelopeFailure.DoesNotFit);
        await machine.ExpectAsync(Expectations.BootLimit, "went on after the envelope");
        await ExpectAsync(machine, EnvelopeFailure.NotForUs);
        await machine.ExpectAsync(Expectations.BootLimit, "went on after the other");
        await ExpectAsync(machine, SignatureFailure.NotTrusted);
        await machine.ExpectAsync(Expectations.BootLimit, "went on after trust");
        // the very image that did not fit two envelopes
        await machine.ExpectLinuxAsync(bed.Payload, hasBanner: false);
    }

    private static async Task ExpectAsync(VirtualMachine machine, FailureKind kind) =>
        await machine.ExpectAsync(Expectations.BootLimit, $"[{kind.Code:x8}] - {kind.Hint}");

    private static string Identity() => $"""
        set cert:base64 {Convert.ToBase64String(s_lab.Der)}
        set privkey:base64 {Convert.ToBase64String(s_lab.Key.ExportPkcs8PrivateKey())}
        """;

    private static async Task<BootBed> CreateAsync(string name, string firmware)
    {
        BootBed bed = await BootBed.CreateAsync(name, Firmware.ByName(firmware));
        byte[] kernel = await File.ReadAllBytesAsync(bed.Payload.Kernel);
        byte[] initrd = await File.ReadAllBytesAsync(bed.Payload.Initrd);
        using var openssl = new OpenSsl();
        Serve("vmlinuz", openssl.Encrypt(kernel, "-aes-256-gcm -outform DER", s_other, s_lab));
        Serve("initrd", openssl.Encrypt(initrd, "-aes-128-cbc -outform DER", s_lab));
        Serve("others", openssl.Encrypt(kernel, "-aes-256-gcm -outform DER", s_other));
        return bed;

        void Serve(string file, byte[] message)
        {
            (byte[] data, byte[] envelope) = CmsDetach.Split(message);
            bed.Server[$"/{file}.dat"] = ServedFile.FromBytes(data);
            bed.Server[$"/{file}.env"] = ServedFile.FromBytes(envelope);
            bed.Server[$"/{file}.dat.flipped"] = ServedFile.FromBytes(Flip(data));
            bed.Server[$"/{file}.env.flipped"] = ServedFile.FromBytes(Flip(envelope));   // the tag
        }

        static byte[] Flip(byte[] bytes) => [.. bytes[..^1], (byte)(bytes[^1] ^ 1)];
    }
}
