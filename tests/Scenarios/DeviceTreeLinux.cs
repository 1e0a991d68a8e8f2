using System;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>Linux on a device tree from the network, where the firmware has one of its own and where it has
/// none.</summary>
public sealed class DeviceTreeLinux
{
    private const string Tree = "/board.dtb", Model = "bootlace,own-dtb";

    /// <summary>The machines whose programs take device trees.</summary>
    public static TheoryData<string> Machines => [Firmware.ByName("uboot").Name, Firmware.ByName("aavmf").Name];

    [Theory]
    [MemberData(nameof(Machines))]
    public async Task LinuxRunsOnTheTreeThatFdtNamed(string firmwareName)
    {
        await using BootBed bed = await BootBed.CreateAsync(nameof(DeviceTreeLinux), Firmware.ByName(firmwareName));
        bed.Server[Tree] = ServedFile.FromBytes(TreeOfOurs(bed.Setup));
        bed.Script = bed.DefaultScript.Replace("kernel ", $"fdt {Tree[1..]} || exit 1\nkernel ");
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectLinuxAsync(bed.Payload);
        Assert.True(machine.Serial.HasSaid($"Machine model: {Model}"), "Linux ran on another tree.");
    }

    /// <summary>The tree that QEMU makes for its machine, with another name in it. A machine with firmware has other
    /// devices than one without.</summary>
    private static byte[] TreeOfOurs(MachineSetup setup)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("bootlace-tree-").FullName, "virt.dtb");
        Tool.Require("qemu-system-aarch64",
            ["-M", $"virt,dumpdtb={path}", "-cpu", "cortex-a57", "-m", $"{setup.MemoryMiB}", "-nodefaults",
                "-display", "none", "-bios", setup.Firmware.Code]);
        byte[] tree = File.ReadAllBytes(path);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        ReadOnlySpan<byte> name = "linux,dummy-virt"u8;
        int count = 0;
        for (int at; (at = tree.AsSpan().IndexOf(name)) >= 0; count++) Encoding.ASCII.GetBytes(Model, tree.AsSpan(at));
        Assert.True(count > 0, "QEMU's tree has another name.");
        return tree;
    }
}
