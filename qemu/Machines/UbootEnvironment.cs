using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace Bootlace.Harness;

/// <summary>U-Boot's environment as an image of the second flash bank: the way to script it unattended. It replaces all
/// of
/// U-Boot's defaults, so what the boot needs is all here.</summary>
public static class UbootEnvironment
{
    private const int FlashBytes = 64 << 20;
    private const int EnvironmentBytes = 0x40000;
    private const int ChecksumBytes = 4;

    /// <summary>Writes the flash image.</summary>
    /// <param name="path">File to create.</param>
    /// <param name="bootCommand">What U-Boot runs at once.</param>
    /// <param name="bootArguments">The variable `bootargs`, which becomes an EFI program's load options.</param>
    public static void Write(string path, string bootCommand, string? bootArguments)
    {
        Dictionary<string, string> variables = new()
        {
            ["bootdelay"] = "-2",   // do not even look at the keyboard
            ["bootcmd"] = bootCommand,
            ["stdin"] = "serial",
            ["stdout"] = "serial",
            ["stderr"] = "serial",
            ["loadaddr"] = "0x40200000",
            ["kernel_addr_r"] = "0x40400000",
            ["ramdisk_addr_r"] = "0x44000000",
            ["fdt_addr"] = "0x40000000",   // where QEMU puts the device tree
            ["autoload"] = "no",           // `dhcp` gets a lease and no file
        };
        if (bootArguments is not null)
            variables["bootargs"] = bootArguments;

        byte[] environment = new byte[EnvironmentBytes];
        int position = ChecksumBytes;
        foreach ((string name, string value) in variables)
            position += Encoding.ASCII.GetBytes($"{name}={value}\0", environment.AsSpan(position));
        uint checksum = Checksum.Crc32(environment.AsSpan(ChecksumBytes));
        BinaryPrimitives.WriteUInt32LittleEndian(environment, checksum);

        using FileStream flash = File.Create(path);
        flash.Write(environment);
        flash.SetLength(FlashBytes);
    }
}
