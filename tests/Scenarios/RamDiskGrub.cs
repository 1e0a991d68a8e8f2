using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Bootlace.Harness;
using Bootlace.San;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>A disk fetched into memory: the firmware's drivers find its file system, GRUB starts from it and reads
/// kernel and initrd through our disk.</summary>
public sealed class RamDiskGrub
{
    private static readonly TimeSpan s_endLimit = TimeSpan.FromSeconds(60);

    [Theory]
    [MemberData(nameof(Machines.All), MemberType = typeof(Machines))]
    public async Task GrubBootsLinuxFromMemory(string firmwareName)
    {
        await using BootBed bed = await CreateAsync(nameof(GrubBootsLinuxFromMemory), firmwareName);
        GrubDisk disk = GrubDisk.Create(ImagePath(bed), bed.Payload, stamp: "ram");
        bed.Server["/disk.img"] = ServedFile.FromPath(disk.Path);
        bed.Script = "#!ipxe\nsanboot --ram disk.img\n";
        await using (VirtualMachine machine = bed.Start())
        {
            await machine.ExpectAsync(Expectations.BootLimit, GrubDisk.Words);
            await ExpectLinuxAsync(machine, bed);
        }

        Assert.False(disk.Holds("ram"));   // what GRUB wrote went to memory
        Assert.Single(bed.Server.Requests, it => it.Path == "/disk.img");
    }

    [Theory]
    [MemberData(nameof(Machines.Families), MemberType = typeof(Machines))]
    public async Task AfterAProgramThatComesBackTheScriptGoesOn(string firmwareName)
    {
        await using BootBed bed = await CreateAsync(nameof(AfterAProgramThatComesBackTheScriptGoesOn), firmwareName);
        bed.Server["/disk.img"] = ServedFile.FromPath(MakeDisk(bed, "echo GRUB leaves again\nexit\n"));
        // The second time nothing of the first may be in the way.
        bed.Script = $"""
            #!ipxe
            sanboot --ram disk.img
            sanboot --ram disk.img
            kernel vmlinuz {bed.Payload.CommandLine}
            initrd initrd.img
            boot

            """;
        await using VirtualMachine machine = bed.Start();
        for (int i = 0; i < 2; i++)
            await machine.ExpectAsync(Expectations.BootLimit, "GRUB leaves again");
        await ExpectLinuxAsync(machine, bed);
    }

    [Theory]
    [MemberData(nameof(Machines.Families), MemberType = typeof(Machines))]
    public async Task ADiskWithoutAProgramIsAClearFailure(string firmwareName)
    {
        await using BootBed bed = await CreateAsync(nameof(ADiskWithoutAProgramIsAClearFailure), firmwareName);
        bed.Server["/disk.img"] = ServedFile.FromPath(MakeDisk(bed, null));
        bed.Script = "#!ipxe\nsanboot --ram disk.img || echo So much for the disk\n";
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectAsync(
            Expectations.BootLimit, $"[{SanFailure.NoProgram.Code:x8}] - {SanFailure.NoProgram.Hint}");
        await machine.ExpectAsync(Expectations.BootLimit, "So much for the disk");
        if (bed.Setup.Firmware.IsEdk2)
            await machine.ExpectReturnAsync();
        else
            await machine.WaitForEndAsync(s_endLimit);   // U-Boot keeps what it saw of the disk, so it is reset
    }

    private static async Task ExpectLinuxAsync(VirtualMachine machine, BootBed bed)
    {
        await machine.ExpectAsync(Expectations.BootLimit, bed.Payload.Marker);
        await machine.WaitForEndAsync(s_endLimit);
    }

    private static async Task<BootBed> CreateAsync(string test, string firmwareName) =>
        await BootBed.CreateAsync($"{nameof(RamDiskGrub)}-{test}", Firmware.ByName(firmwareName));

    /// <summary>A small disk whose GRUB only runs these lines; null: one without any program.</summary>
    private static string MakeDisk(BootBed bed, string? configuration)
    {
        string path = ImagePath(bed), text = path + ".cfg";
        File.WriteAllText(text, configuration ?? "");
        Dictionary<string, string> files = new() { ["EFI/debian/grub.cfg"] = text };
        Architecture architecture = bed.Setup.Firmware.Architecture;
        if (configuration is not null)
            files[$"EFI/BOOT/{GrubDisk.DefaultProgram(architecture)}"] = GrubDisk.Program(architecture);
        EspImage.Create(path, files);
        return path;
    }

    private static string ImagePath(BootBed bed) => Path.Combine(Repository.Logs, bed.Setup.Name + ".img");
}
