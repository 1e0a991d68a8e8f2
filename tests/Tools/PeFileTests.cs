using System;
using System.Buffers.Binary;
using System.IO;
using Bootlace.Boot;
using Bootlace.Stub;
using Bootlace.Tests.Boot;
using Xunit;

namespace Bootlace.Tests.Tools;

/// <summary>Protects the customised loader: a section more, everything else as it was, and nothing written
/// over.</summary>
public class PeFileTests
{
    private const int OptionalHeader = TestPe.PeOffset + 24;
    private static readonly byte[] Script = "#!ipxe\necho here\n"u8.ToArray();

    [Fact]
    public void TheSectionIsAddedAndTheRestStaysWhereItIs()
    {
        byte[] file = TestPe.Make();
        byte[] result = PeFile.WithSection(file, ".script", Script);

        Assert.Null(PeImage.Judge(result, PeImage.X64, "loader"));
        Assert.Equal(file[TestPe.HeadersBytes..], result[TestPe.HeadersBytes..file.Length]);
        ReadOnlySpan<byte> header = result.AsSpan(TestPe.SectionTable + 2 * 40, 40);
        Assert.True(header.StartsWith(".script\0"u8));
        Assert.Equal((uint)Script.Length, BinaryPrimitives.ReadUInt32LittleEndian(header[8..]));
        Assert.Equal(0x3000u, BinaryPrimitives.ReadUInt32LittleEndian(header[12..]));
        Assert.Equal(0x4000u, BinaryPrimitives.ReadUInt32LittleEndian(result.AsSpan(OptionalHeader + 56)));
        Assert.Equal(Script, result.AsSpan(file.Length, Script.Length).ToArray());
    }

    [Fact]
    public void ASecondSectionOfTheNameASignedFileAndAFullHeaderAreRefused()
    {
        byte[] file = TestPe.Make();
        byte[] once = PeFile.WithSection(file, ".script", Script);
        Assert.Throws<InvalidDataException>(() => PeFile.WithSection(once, ".script", Script));

        byte[] signed = TestPe.With(file, OptionalHeader + 144 + 4, 1024);
        Assert.Throws<InvalidDataException>(() => PeFile.WithSection(signed, ".script", Script));

        byte[] full = TestPe.With(file, OptionalHeader + 60, TestPe.SectionTable + 2 * 40 + 39);
        Assert.Throws<InvalidDataException>(() => PeFile.WithSection(full, ".script", Script));
    }

    [Fact]
    public void WhatIsNoProgramIsRefusedAtEveryLength()
    {
        byte[] file = TestPe.Make();
        for (int length = 0; length < TestPe.HeadersBytes; length++)
        {
            byte[] cut = file[..length];
            Assert.Throws<InvalidDataException>(() => PeFile.WithSection(cut, ".script", Script));
        }
    }
}
