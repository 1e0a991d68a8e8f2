using System;
using Bootlace.Boot;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects the memory of fetched files: one block when the length is known, growth when not, nothing leaked.
/// </summary>
public class ImageContentTests
{
    private readonly FakeFirmware _firmware = new();

    [Fact]
    public void AKnownLengthTakesOneBlockOfExactlyThatSize()
    {
        using var content = new ImageContent(_firmware);
        content.Expect(5_000_000);
        Assert.Equal(5_000_000, _firmware.PagesHeldBytes);
        Assert.Equal(5_000_000, content.GetRoom().Length);
        content.Append(Pattern(5_000_000));
        Assert.Single(content.Pieces);
        Assert.Equal(5_000_000, _firmware.PagesHeldBytes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(3_000_000)]
    public void AnUnknownLengthGrowsAndCanBeMadeContiguous(int length)
    {
        using var content = new ImageContent(_firmware);
        byte[] bytes = Pattern(length);
        for (int at = 0; at < length; at += 1460) content.Append(bytes.AsSpan(at, Math.Min(1460, length - at)));
        Assert.Equal((ulong)length, content.ReceivedBytes);
        Assert.Equal(bytes, FakeFirmware.Join(content.Pieces));
        Assert.True(_firmware.PagesHeldBytes <= 65_536 + 2 * length);
        Assert.Equal(bytes, content.ToContiguous().ToArray());
        Assert.Equal(bytes, content.ToContiguous().ToArray());
        Assert.Single(content.Pieces);
        content.Dispose();
        Assert.Equal(0, _firmware.PagesHeldBytes);
    }

    [Fact]
    public void ARestartKeepsTheMemoryAndForgetsTheBytes()
    {
        using var content = new ImageContent(_firmware);
        content.Expect(1000);
        content.Append(Pattern(600));
        content.Restart();
        Assert.Equal(0ul, content.ReceivedBytes);
        content.Expect(2000);
        content.Append(Pattern(2000));
        Assert.Equal(Pattern(2000), FakeFirmware.Join(content.Pieces));
        Assert.Equal(2000, _firmware.PagesHeldBytes);
    }

    [Fact]
    public void AFileThatDoesNotFitIsRefusedBeforeAnyMemoryIsTaken()
    {
        _firmware.LargestFreeBytes = 100 << 20;
        using var content = new ImageContent(_firmware);
        var failure = Assert.Throws<BootFailure>(() => content.Expect(200 << 20));
        Assert.Equal(
            "A file of 200 MiB does not fit: the largest free block of memory has 100 MiB [31090007] - "
            + ImageFailure.NoMemory.Hint, failure.Describe());
        Assert.Throws<BootFailure>(() => content.Expect(95 << 20));   // nothing would be left to run it
        Assert.Throws<BootFailure>(() => content.Expect(ulong.MaxValue));
        Assert.Equal(0, _firmware.PagesHeldBytes);
    }

    [Fact]
    public void AnEmptyFileIsEmpty()
    {
        using var content = new ImageContent(_firmware);
        content.Expect(0);
        Assert.Empty(content.Pieces);
        Assert.Equal(0, content.Head.Length);
        Assert.Equal(0, content.ToContiguous().Length);
    }

    private static byte[] Pattern(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }
}
