using System;
using System.IO;
using System.IO.Compression;
using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>Compressed kernels, as arm64 distributions ship them: unpacked by the loader, and the initrd that
/// <c>imgextract</c> takes out of its archive with them.</summary>
public sealed class CompressedLinux
{
    private const string Kernel = "/vmlinuz.packed", Initrd = "/initrd.cpio.zst";

    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public Task LinuxBootsFromGzip(string firmware) => BootAsync("Gzip", firmware, Gzip);

    [Theory]
    [MemberData(nameof(Machines.Families), MemberType = typeof(Machines))]
    public Task LinuxBootsFromZstandard(string firmware) =>
        BootAsync("Zstd", firmware, kernel => Zstd(kernel, "-19", "--long=27"));

    private static async Task BootAsync(string kind, string firmwareName, Func<byte[], byte[]> pack)
    {
        Firmware firmware = Firmware.ByName(firmwareName);
        await using BootBed bed = await BootBed.CreateAsync($"{nameof(CompressedLinux)}{kind}", firmware);
        bed.Server[Kernel] = ServedFile.FromBytes(pack(await File.ReadAllBytesAsync(bed.Payload.Kernel)));
        bed.Server[Initrd] = ServedFile.FromBytes(Zstd(await File.ReadAllBytesAsync(bed.Payload.Initrd), "-1"));
        bed.Server["/word"] = ServedFile.FromText("from the network\r\n");
        bed.Script = $"""
            #!ipxe
            imgset word word && echo word <${'{'}word{'}'}>
            imgextract {Initrd[1..]}
            md4sum initrd.cpio
            kernel {Kernel[1..]} {bed.Payload.CommandLine}
            imgstat
            boot

            """;
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectLinuxAsync(bed.Payload);
        Assert.True(machine.Serial.HasSaid("word <from the network>"), "imgset did not read the word.");
        Assert.True(machine.Serial.HasSaid($"[{kind.ToLowerInvariant()}] [SELECTED]"), "It was not an archive.");
    }

    private static byte[] Gzip(byte[] content)
    {
        using MemoryStream target = new();
        using (GZipStream stream = new(target, CompressionLevel.Optimal)) stream.Write(content);
        return target.ToArray();
    }

    private static byte[] Zstd(byte[] content, params string[] options)
    {
        string folder = Directory.CreateTempSubdirectory("bootlace-zstd").FullName;
        try
        {
            File.WriteAllBytes(Path.Combine(folder, "content"), content);
            Tool.Require("zstd", ["-q", .. options, "content"], folder);
            return File.ReadAllBytes(Path.Combine(folder, "content.zst"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
