using System;
using System.Buffers.Binary;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>Looks at a program before the firmware does: old U-Boot loads a truncated file and reads past its end, and
/// copies section data past the memory it took for them (facts/firmware.md 4, CVE-2022-28737 in shim). Every bound is
/// checked by subtraction (PE format, sections 2 to 5).</summary>
public static class PeImage
{
    /// <summary>PE machine number of x64.</summary>
    public const ushort X64 = 0x8664;
    /// <summary>PE machine number of arm64.</summary>
    public const ushort Arm64 = 0xaa64;

    private const int DosHeaderBytes = 64, PeOffsetOffset = 60;
    private const int FileHeaderBytes = 24, SectionCountOffset = 6, OptionalBytesOffset = 20;   // from "PE\0\0"
    private const int OptionalBytesMin = 112;   // PE32+ without data directories
    private const int SectionAlignmentOffset = 32, SizeOfImageOffset = 56, SizeOfHeadersOffset = 60,
        SubsystemOffset = 68;
    private const int SectionHeaderBytes = 40;
    private const int SectionCountMax = 96;
    private const uint PageBytes = 4096;   // firmware takes memory in these, so a section may be rounded up to them
    private const ushort Pe32Plus = 0x20b;
    private const ushort EfiApplication = 10, EfiRuntimeDriver = 12;

    /// <summary>Null when <paramref name="file"/> is a whole EFI program for <paramref name="machine"/>; else what is
    /// wrong with it, as a failure that names <paramref name="name"/>.</summary>
    public static BootFailure? Judge(ReadOnlySpan<byte> file, ushort machine, string name)
    {
        if (file.Length < 2 || file[0] != 'M' || file[1] != 'Z') return NotAProgram(file, name);
        if (file.Length < DosHeaderBytes) return Truncated(name, DosHeaderBytes, file.Length);
        uint peOffset = ReadU32(file, PeOffsetOffset);
        if (peOffset < 4 || peOffset > int.MaxValue) return Damaged(name, "the PE header lies outside the file");
        if (peOffset > file.Length - DosHeaderBytes || file.Length - (int)peOffset < FileHeaderBytes)
            return Truncated(name, peOffset + FileHeaderBytes, file.Length);
        ReadOnlySpan<byte> header = file.Slice((int)peOffset);
        if (ReadU32(header, 0) != 0x4550) return NotAProgram(file, name);
        ushort found = ReadU16(header, 4);
        if (found != machine)
        {
            return new BootFailure(
                ImageFailure.WrongMachine,
                $"{name} is for {MachineName(found)}, this machine is {MachineName(machine)}");
        }
        return JudgeOptionalHeader(file, header, name);
    }

    /// <summary>x64, arm64 … as users say it.</summary>
    public static string MachineName(ushort machine) => machine switch
    {
        X64 => "x64",
        Arm64 => "arm64",
        0x14c => "32-bit x86",
        0x1c0 or 0x1c2 or 0x1c4 => "32-bit ARM",
        0x5032 or 0x5064 => "RISC-V",
        0x6232 or 0x6264 => "LoongArch",
        0xebc => "EFI byte code",
        _ => $"machine type 0x{machine:x}",
    };

    private static BootFailure? JudgeOptionalHeader(ReadOnlySpan<byte> file, ReadOnlySpan<byte> header, string name)
    {
        int optionalBytes = ReadU16(header, OptionalBytesOffset);
        if (optionalBytes < OptionalBytesMin) return Damaged(name, "the optional header is too short");
        int sectionCount = ReadU16(header, SectionCountOffset);
        if (sectionCount is 0 or > SectionCountMax) return Damaged(name, $"it claims {sectionCount} sections");
        int tableOffset = FileHeaderBytes + optionalBytes;
        if (header.Length < tableOffset || header.Length - tableOffset < sectionCount * SectionHeaderBytes)
            return Truncated(name,
                (uint)(file.Length - header.Length + tableOffset + sectionCount * SectionHeaderBytes), file.Length);

        ReadOnlySpan<byte> optional = header.Slice(FileHeaderBytes, optionalBytes);
        if (ReadU16(optional, 0) != Pe32Plus) return Damaged(name, "it is not a 64-bit program");
        if (ReadU16(optional, SubsystemOffset) is < EfiApplication or > EfiRuntimeDriver)
            return Damaged(name, "it is a program for another system than EFI");
        uint headersBytes = ReadU32(optional, SizeOfHeadersOffset);
        if (headersBytes > file.Length) return Truncated(name, headersBytes, file.Length);

        var limits = new Limits(
            (uint)file.Length, ReadU32(optional, SizeOfImageOffset),
            uint.Max(ReadU32(optional, SectionAlignmentOffset), PageBytes));
        ReadOnlySpan<byte> table = header.Slice(tableOffset);
        for (int i = 0; i < sectionCount; i++)
        {
            if (JudgeSection(table.Slice(i * SectionHeaderBytes, SectionHeaderBytes), limits, name) is { } failure)
                return failure;
        }
        return null;
    }

    private static BootFailure? JudgeSection(ReadOnlySpan<byte> section, Limits limits, string name)
    {
        uint virtualBytes = ReadU32(section, 8), address = ReadU32(section, 12);
        uint rawBytes = ReadU32(section, 16), rawOffset = ReadU32(section, 20);
        if (rawBytes > 0 && (rawOffset > limits.FileBytes || rawBytes > limits.FileBytes - rawOffset))
            return Truncated(name, (ulong)rawOffset + rawBytes, (int)limits.FileBytes);
        if (address > limits.ImageBytes || virtualBytes > limits.ImageBytes - address)
            return Damaged(name, "a section lies outside the image");
        ulong room = ((ulong)virtualBytes + limits.AlignmentBytes - 1) / limits.AlignmentBytes * limits.AlignmentBytes;
        if (rawBytes > room) return Damaged(name, "a section holds more data than it has room for");
        return null;
    }

    private static BootFailure NotAProgram(ReadOnlySpan<byte> file, string name)
    {
        if (CompressorOf(file) is { } compressor)
            return new BootFailure(ImageFailure.IsCompressed, $"{name} is compressed by {compressor}");
        return LooksLikeText(file)
            ? new BootFailure(ImageFailure.IsText, $"{name} is text, not a program")
            : new BootFailure(ImageFailure.NotExecutable, $"{name} is neither a script nor an EFI program");
    }

    private static string? CompressorOf(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith((ReadOnlySpan<byte>)[0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0])) return "xz";
        if (file.StartsWith("BZh"u8)) return "bzip2";
        if (file.StartsWith((ReadOnlySpan<byte>)[0x5d, 0, 0, 0x80])) return "lzma";
        if (file.StartsWith((ReadOnlySpan<byte>)[0x04, 0x22, 0x4d, 0x18])) return "lz4";
        if (file.StartsWith((ReadOnlySpan<byte>)[0x02, 0x21, 0x4c, 0x18])) return "lz4";
        return file.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'L', (byte)'Z', (byte)'O']) ? "lzop" : null;
    }

    /// <summary>No control characters in the first kilobyte.</summary>
    private static bool LooksLikeText(ReadOnlySpan<byte> file)
    {
        if (file.Length > 1024) file = file.Slice(0, 1024);
        foreach (byte b in file)
        {
            if (b < 0x20 && !ByteIsSpace(b)) return false;
        }
        return file.Length > 0;
    }

    private static bool ByteIsSpace(byte b) => b >= (byte)'\t' && b <= (byte)'\r';

    private static BootFailure Truncated(string name, ulong neededBytes, int fileBytes) =>
        new(ImageFailure.Truncated, $"{name} is truncated: it has {fileBytes} of at least {neededBytes} bytes");

    private static BootFailure Damaged(string name, string how) =>
        new(ImageFailure.Damaged, $"{name} is damaged: {how}");

    private static ushort ReadU16(ReadOnlySpan<byte> bytes, int offset) =>
        BinaryPrimitives.ReadUInt16LittleEndian(bytes.Slice(offset));

    private static uint ReadU32(ReadOnlySpan<byte> bytes, int offset) =>
        BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(offset));

    private readonly record struct Limits(uint FileBytes, uint ImageBytes, uint AlignmentBytes);
}
