using System;
using System.Text;
using Bootlace.Boot;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects the firmware from files that are no program for this machine, and the user from its silence about
/// them.
/// </summary>
public class PeImageTests
{
    private const int Section0 = TestPe.SectionTable, Optional = TestPe.PeOffset + 24;

    private static FailureKind? Judge(byte[] file, ushort machine = PeImage.X64) =>
        PeImage.Judge(file, machine, "f")?.Kind;

    [Fact]
    public void AProgramForThisMachinePasses()
    {
        Assert.Null(Judge(TestPe.Make()));
        Assert.Null(Judge(TestPe.Make(PeImage.Arm64), PeImage.Arm64));
        Assert.Null(Judge(TestPe.Make(sections: 1)));
        Assert.Null(Judge([.. TestPe.Make(), 1, 2, 3]));   // a signature or padding behind the sections
        Assert.Null(Judge(TestPe.With(TestPe.With(TestPe.Make(), Section0 + 16, 0), Section0 + 20, 0)));   // .bss
    }

    [Theory]
    [InlineData(PeImage.Arm64, PeImage.X64, "f is for arm64, this machine is x64")]
    [InlineData(PeImage.X64, PeImage.Arm64, "f is for x64, this machine is arm64")]
    [InlineData(0x14c, PeImage.X64, "f is for 32-bit x86, this machine is x64")]
    [InlineData(0x1234, PeImage.X64, "f is for machine type 0x1234, this machine is x64")]
    public void AnotherArchitectureIsNamed(ushort file, ushort machine, string sentence)
    {
        BootFailure failure = PeImage.Judge(TestPe.Make(file), machine, "f")!;
        Assert.Equal(ImageFailure.WrongMachine, failure.Kind);
        Assert.Equal($"{sentence} [2e090003] - {ImageFailure.WrongMachine.Hint}", failure.Describe());
    }

    [Theory]
    [InlineData("<html><body>404", "IsText")]
    [InlineData("#!/bin/sh\necho", "IsText")]
    [InlineData("Menü", "IsText")]
    [InlineData("BZh91AY", "IsCompressed")]
    [InlineData("\x7f" + "ELF\x02\x01\x01\0", "NotExecutable")]
    [InlineData("070701\0\0", "NotExecutable")]
    [InlineData("", "NotExecutable")]
    [InlineData("MZ", "Truncated")]
    [InlineData("M", "IsText")]
    public void OtherFilesAreCalledWhatTheyAre(string text, string expected)
    {
        FailureKind kind = expected switch
        {
            "IsText" => ImageFailure.IsText,
            "IsCompressed" => ImageFailure.IsCompressed,
            "Truncated" => ImageFailure.Truncated,
            _ => ImageFailure.NotExecutable,
        };
        Assert.Equal(kind, Judge(Encoding.Latin1.GetBytes(text)));
    }

    [Fact]
    public void AnMzProgramWithoutPeIsRefused() =>
        Assert.Equal(ImageFailure.NotExecutable, Judge(TestPe.With(TestPe.Make(), TestPe.PeOffset, 0x454e)));

    [Fact]
    public void EveryTruncationIsRefused()
    {
        byte[] file = TestPe.Make();
        for (int length = 0; length < file.Length; length++)
        {
            FailureKind? kind = Judge(file[..length]);
            Assert.NotNull(kind);
            if (length >= 64) Assert.Equal(ImageFailure.Truncated, kind);
        }
    }

    [Theory]
    [InlineData(0x3c, 0xffffffff)]              // header offset past every end
    [InlineData(0x3c, 0x7fffffff)]
    [InlineData(0x3c, 0)]
    [InlineData(Section0 + 16, 0xffffffff)]     // SizeOfRawData wraps
    [InlineData(Section0 + 16, 0x1200)]         // more data than room in memory (CVE-2022-28737)
    [InlineData(Section0 + 20, 0xffffffff)]     // PointerToRawData past the end
    [InlineData(Section0 + 20, 0xfffffe01)]     // offset + size wraps to 1 (CVE-2023-40548)
    [InlineData(Section0 + 12, 0xfffff000)]     // section outside the image
    [InlineData(Section0 + 8, 0xffffffff)]
    [InlineData(Optional + 60, 0xffffffff)]     // SizeOfHeaders
    [InlineData(Optional + 68, 2)]              // a Windows program
    [InlineData(Optional, 0x10b)]               // 32 bits
    [InlineData(TestPe.PeOffset + 20, 0)]       // no optional header
    public void X1_HeadersThatContradictThemselvesAreRefused(int offset, uint value)
    {
        FailureKind? kind = Judge(TestPe.With(TestPe.Make(), offset, value));
        Assert.True(kind == ImageFailure.Damaged || kind == ImageFailure.Truncated, kind?.Sentence ?? "accepted");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(97)]
    [InlineData(65_535)]
    public void X1_AnAbsurdSectionCountIsRefused(ushort count)
    {
        byte[] file = TestPe.Make();
        file[TestPe.PeOffset + 6] = (byte)count;
        file[TestPe.PeOffset + 7] = (byte)(count >> 8);
        Assert.Equal(ImageFailure.Damaged, Judge(file));
    }

    [Fact]
    public void X1_NoBitFlipAndNoNoiseCrashesTheCheck()
    {
        byte[] file = TestPe.Make();
        for (int bit = 0; bit < TestPe.HeadersBytes * 8; bit++)
        {
            byte[] flipped = (byte[])file.Clone();
            flipped[bit / 8] ^= (byte)(1 << bit % 8);
            Judge(flipped);
        }
        var random = new Random(1);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] noisy = (byte[])file.Clone();
            for (int i = 0; i < 8; i++) noisy[random.Next(TestPe.SectionTable + 80)] = (byte)random.Next(256);
            Judge(noisy[..random.Next(noisy.Length + 1)]);
        }
    }
}
