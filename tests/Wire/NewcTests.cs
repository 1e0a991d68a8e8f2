using System;
using System.Text;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Wire;

/// <summary>Protects cpio members as Linux unpacks them.</summary>
public class NewcTests
{
    [Fact]
    public void AMemberIsWrittenAndRead()
    {
        var header = new NewcHeader("ks.cfg", NewcHeader.RegularFile | 0x1a4, 5);
        var bytes = new byte[Samples.NewcMember.Length];
        Assert.Equal(120, header.Bytes);
        bytes.AsSpan(0, 120).Fill(0xcc);
        Assert.Equal(120, header.Emit(bytes));
        "hello"u8.CopyTo(bytes.AsSpan(120));
        Assert.Equal(Samples.NewcMember, bytes);
        Assert.True(NewcView.TryRead(bytes, out NewcView view, out _));
        Assert.Equal("ks.cfg", Encoding.UTF8.GetString(view.Name));
        Assert.Equal("hello"u8.ToArray(), view.Data.ToArray());
        Assert.Equal((0x81a4u, bytes.Length), (view.Mode, view.Bytes));
        Assert.True(NewcView.TryRead(bytes.AsSpan(0, 125), out view, out _));
        Assert.Equal(125, view.Bytes);
    }

    [Fact]
    public void HeaderAndNameAlwaysEndAtAMultipleOfFour()
    {
        for (int length = 1; length < 40; length++)
        {
            var header = new NewcHeader(new string('n', length), NewcHeader.Directory | 0x1ed, 0);
            var bytes = new byte[header.Bytes];
            Assert.Equal(0, header.Emit(bytes) % 4);
            Assert.True(NewcView.TryRead(bytes, out NewcView view, out _));
            Assert.Equal((length, bytes.Length), (view.Name.Length, view.Bytes));
        }
        Assert.Equal([0, 3, 2, 1, 0], new[] { 0u, 1u, 2u, 3u, 4u }.AsSpan().ToArray().AsPadding());
    }

    [Theory]
    [InlineData(54, "ffffffff", ParseError.BadLength)]   // file of 4 GiB
    [InlineData(54, "00000009", ParseError.BadLength)]
    [InlineData(54, "0000000x", ParseError.BadText)]
    [InlineData(94, "ffffffff", ParseError.BadName)]     // name of 4 GiB
    [InlineData(94, "00000000", ParseError.BadName)]
    [InlineData(94, "00001000", ParseError.BadLength)]
    [InlineData(94, "00000006", ParseError.BadName)]     // name without its NUL
    [InlineData(0, "070702", ParseError.BadVersion)]
    [InlineData(0, "070707", ParseError.BadVersion)]
    public void X3_SizesThatCannotBeAreRefused(int offset, string field, ParseError expected)
    {
        byte[] bytes = (byte[])Samples.NewcMember.Clone();
        Encoding.ASCII.GetBytes(field).CopyTo(bytes, offset);
        Assert.False(NewcView.TryRead(bytes, out _, out ParseError error));
        Assert.Equal(expected, error);
    }

    [Fact]
    public void X3_AHeaderThatDoesNotStartAlignedIsNone() =>
        Assert.False(NewcView.TryRead(Samples.NewcMember.AsSpan(1), out _, out _));
}

internal static class NewcPadding
{
    public static int[] AsPadding(this uint[] lengths) => Array.ConvertAll(lengths, NewcHeader.PaddingOf);
}
