using System.IO;
using System.Security.Cryptography;

namespace Bootlace.Harness;

/// <summary>EDK2 as the distribution builds it to try Secure Boot out: it starts what is signed by a key that comes
/// with it, and nothing else.</summary>
public sealed class SecureBoot
{
    private const string Password = "snakeoil";

    private readonly UnpackedPackage _package;
    private readonly string _keys;

    /// <summary>The firmware of the machine's own release.</summary>
    /// <param name="family">"ovmf" or "aavmf".</param>
    /// <exception cref="HarnessException">The package cannot be had.</exception>
    public SecureBoot(string family)
    {
        bool isOvmf = family == "ovmf";
        _package = PayloadCache.Get(PayloadCache.Own, isOvmf ? "ovmf" : "qemu-efi-aarch64", "all");
        _keys = $"usr/share/{(isOvmf ? "ovmf" : "qemu-efi-aarch64")}/PkKek-1-snakeoil";
        string code = isOvmf ? "usr/share/OVMF/OVMF_CODE_4M" : "usr/share/AAVMF/AAVMF_CODE";
        Firmware = new Firmware(
            isOvmf ? FirmwareKind.Ovmf : FirmwareKind.Aavmf, _package.Release, _package.File(code + ".snakeoil.fd"),
            _package.File(code.Replace("CODE", "VARS") + ".snakeoil.fd"))
        {
            HasSecureBoot = true,
        };
    }

    /// <summary>What QEMU runs.</summary>
    public Firmware Firmware { get; }

    /// <summary>Path of the loader, signed.</summary>
    public string Loader
    {
        get
        {
            string name = $"{LoaderImage.Unpacked(Firmware.Architecture)}.signed";
            LinuxPayload.WriteWhole(name, Sign(LoaderImage.Unpacked(Firmware.Architecture)));
            return name;
        }
    }

    /// <summary>An EFI program as the firmware trusts it; signatures it has already stay.</summary>
    /// <param name="program">Path of the program.</param>
    public byte[] Sign(string program)
    {
        UnpackedProgram signer = UnpackedProgram.Get(
            PayloadCache.Own, "sbsigntool", ArchitectureNames.OfThisMachine.DebianName());
        string folder = Directory.CreateTempSubdirectory("bootlace-sign-").FullName;
        string key = Path.Combine(folder, "key.pem"), signed = Path.Combine(folder, "signed.efi");
        using (RSA opened = RSA.Create())
        {
            opened.ImportFromEncryptedPem(File.ReadAllText(_package.File(_keys + ".key")), Password);
            File.WriteAllText(key, opened.ExportPkcs8PrivateKeyPem());
        }

        Tool.Require(
            signer.Package.File("usr/bin/sbsign"),
            ["--key", key, "--cert", _package.File(_keys + ".pem"), "--output", signed, program],
            environment: signer.Environment);
        byte[] bytes = File.ReadAllBytes(signed);
        Directory.Delete(folder, recursive: true);
        return bytes;
    }
}
