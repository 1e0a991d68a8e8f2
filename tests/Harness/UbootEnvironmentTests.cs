using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Tests.Harness;

/// <summary>Protects the scripting of U-Boot: an environment with a wrong checksum is ignored, and the machine
/// idles.</summary>
public sealed class UbootEnvironmentTests
{
    [Fact]
    public void ChecksumIsThatOfIeee8023() => Assert.Equal(0xCBF43926, Checksum.Crc32("123456789"u8));

    [Fact]
    public void ImageHoldsTheVariablesBehindTheirChecksum()
    {
        string path = Path.GetTempFileName();
        UbootEnvironment.Write(path, "run me", "key=value");
        byte[] flash = File.ReadAllBytes(path);
        File.Delete(path);

        Assert.Equal(64 << 20, flash.Length);
        ReadOnlySpan<byte> variables = flash.AsSpan(4, 0x40000 - 4);
        Assert.Equal(Checksum.Crc32(variables), BinaryPrimitives.ReadUInt32LittleEndian(flash));
        string text = Encoding.ASCII.GetString(variables);
        Assert.Contains("\0bootcmd=run me\0", text);
        Assert.Contains("\0bootargs=key=value\0\0", text);
    }
}
