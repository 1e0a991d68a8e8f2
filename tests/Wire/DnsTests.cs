using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Wire;

/// <summary>Protects DNS messages: compressed names never loop, counts and lengths are never believed.</summary>
public class DnsTests
{
    private const string Question = "01 \"a\" 00 00 01 00 01 ; question at 12, its end at 19";

    [Fact]
    public void AQueryIsWritten()
    {
        var bytes = new byte[DnsQuery.BytesMax];
        Assert.True(new DnsQuery(0x1234, "www.example.org.", DnsRecordType.Aaaa).TryEmit(bytes, out int length));
        Assert.Equal(
            Golden.Bytes("12 34 01 00 00 01 00 00 00 00 00 00 03 \"www\" 07 \"example\" 03 \"org\" 00 00 1c 00 01"),
            bytes[..length]);
        for (int room = 0; room < length; room++)
        {
            Assert.False(new DnsQuery(1, "www.example.org", DnsRecordType.A).TryEmit(new byte[room], out _));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a..b")]
    [InlineData(".a")]
    [InlineData("a b")]
    [InlineData("é.org")]
    [InlineData("a\0b")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123.org")]
    public void OtherTextIsNoName(string name) =>
        Assert.False(DnsName.TryEmit(new byte[300], name, out _));

    [Fact]
    public void TheLongestNameIsWrittenAndReadAndNoLongerOne()
    {
        string label = new('x', 63);
        string longest = $"{label}.{label}.{label}.{new string('y', 61)}";
        var bytes = new byte[300];
        Assert.True(DnsName.TryEmit(bytes, longest, out int length));
        Assert.Equal(DnsName.BytesMax, length);
        int at = 0;
        Assert.True(DnsName.TryRead(bytes, ref at, 0, out string name));
        Assert.Equal((longest, length), (name, at));
        Assert.False(DnsName.TryEmit(bytes, longest + "y", out _));
    }

    [Fact]
    public void AResponseIsRead()
    {
        Assert.True(DnsView.TryRead(Samples.DnsResponse, out DnsView view, out _));
        Assert.Equal((0x1234, "www.example.org"), (view.Id, view.QuestionName));
        Assert.Equal(DnsRecordType.A, view.QuestionType);
        Assert.Equal(DnsStatus.Ok, view.Status);
        Assert.False(view.IsTruncated);
        Assert.Equal(
            "www.example.org=cdn.example.org cdn.example.org=192.0.2.1 cdn.example.org=2001:db8::1", Describe(view));
    }

    [Fact]
    public void N1_AMessageShorterThanItsHeaderIsRefused()
    {
        for (int length = 0; length < DnsView.HeaderBytes; length++)
        {
            Assert.False(DnsView.TryRead(Samples.DnsResponse.AsSpan(0, length), out _, out ParseError error));
            Assert.Equal(ParseError.TooShort, error);
        }
    }

    [Theory]
    [InlineData("c0 0c")]     // to itself
    [InlineData("c0 14")]     // forward
    [InlineData("c0 00")]     // to the header
    [InlineData("c0 0b")]
    [InlineData("01 \"x\" c0 0c")]   // back to its own start: an endless name
    [InlineData("40 01")]     // label kinds nobody has
    [InlineData("80 01")]
    public void N2_APointerThatDoesNotGoBackIsRefused(string name)
    {
        byte[] bytes = Golden.Bytes($"00 01 81 80 00 01 00 00 00 00 00 00 {name} 00 01 00 01 00*16");
        Assert.False(DnsView.TryRead(bytes, out _, out ParseError error));
        Assert.Equal(ParseError.BadName, error);
    }

    [Fact]
    public void N2_AChainOfPointersIsFollowedUpTo64()
    {
        foreach ((int depth, bool isRead) in new[] { (63, true), (64, true), (65, false), (200, false) })
        {
            var message = new List<byte> { 1, (byte)'a', 0 };
            int goal = 0;
            for (int i = 0; i < depth; i++)
            {
                int at = message.Count;
                message.AddRange([(byte)(0xc0 | goal >> 8), (byte)goal]);
                goal = at;
            }
            int cursor = goal;
            Assert.Equal(isRead, DnsName.TryRead(message.ToArray(), ref cursor, 0, out string name));
            if (isRead) Assert.Equal(("a", message.Count), (name, cursor));
        }
    }

    [Fact]
    public void N4_CountsAreNotBelieved()
    {
        byte[] bytes = Golden.Bytes("00 01 81 80 ff ff ff ff ff ff ff ff");
        Assert.False(DnsView.TryRead(bytes, out _, out _));
        bytes = Golden.Bytes($"00 01 81 80 00 01 ff ff ff ff ff ff {Question}");
        Assert.False(DnsView.TryRead(bytes, out _, out _));
    }

    [Theory]
    [InlineData("00 01 00 01 00*4 00 05 01 02 03 04")]      // past the end
    [InlineData("00 01 00 01 00*4 ff ff 01 02 03 04")]
    [InlineData("00 01 00 01 00*4 00 03 01 02 03")]         // A of three bytes
    [InlineData("00 01 00 01 00*4 00 05 01 02 03 04 05")]
    [InlineData("00 1c 00 01 00*4 00 11 00*17")]            // AAAA of seventeen
    [InlineData("00 05 00 01 00*4 00 00")]                  // CNAME of none
    [InlineData("00 05 00 01 00*4 00 02 01 \"x\" 00")]      // CNAME that runs out of its record
    [InlineData("00 01 00 01 00*3")]                        // cut in its header
    public void N5_ARecordWhoseLengthCannotBeIsRefused(string record)
    {
        byte[] bytes = Golden.Bytes($"00 01 81 80 00 01 00 01 00 00 00 00\n{Question}\nc0 0c {record}");
        Assert.False(DnsView.TryRead(bytes, out _, out _));
    }

    [Fact]
    public void N7_MoreAnswersThanTheLimitAreLeftUnread()
    {
        var bytes = new List<byte>(Golden.Bytes($"00 01 81 80 00 01 01 00 00 00 00 00\n{Question}"));
        for (int i = 0; i < 256; i++) bytes.AddRange(Golden.Bytes("c0 0c 00 01 00 01 00*4 00 04 01 02 03 04"));
        Assert.True(DnsView.TryRead(bytes.ToArray(), out DnsView view, out _));
        Assert.Equal(DnsView.AnswersMax, Describe(view).Split(' ').Length);
    }

    [Fact]
    public void N8_ATruncatedResponseIsReadAsFarAsItGoes()
    {
        byte[] whole = (byte[])Samples.DnsResponse.Clone();
        whole[2] |= 2;
        for (int length = 33; length < whole.Length; length++)
        {
            Assert.True(DnsView.TryRead(whole.AsSpan(0, length), out DnsView view, out _));
            Assert.True(view.IsTruncated);
            Assert.True(Describe(view).Split(' ').Length <= 3);
        }
    }

    [Fact]
    public void N11_ASaidNameErrorIsToldWhateverFollows()
    {
        byte[] bytes = Golden.Bytes(
            $"00 01 81 83 00 01 00 00 00 01 00 01\n{Question}\n"
            + "c0 0c 00 06 00 01 00*4 00 02 00 00\nc0 0c 00 01 00 01 00*4 ff ff");
        Assert.True(DnsView.TryRead(bytes, out DnsView view, out _));
        Assert.Equal(DnsStatus.NoSuchName, view.Status);
        Assert.Equal("", Describe(view));
    }

    [Fact]
    public void QueriesOtherOperationsAndOtherClassesAreRefused()
    {
        foreach ((int at, byte bit) in new (int, byte)[] { (2, 0x80), (2, 0x08), (5, 3), (32, 2) })
        {
            byte[] bytes = (byte[])Samples.DnsResponse.Clone();
            bytes[at] ^= bit;
            Assert.False(DnsView.TryRead(bytes, out _, out _));
        }
    }

    internal static string Describe(in DnsView view)
    {
        var found = new List<string>();
        (int, int) cursor = default;
        while (view.TryTake(ref cursor, out DnsRecord record))
        {
            string value = record.Type == DnsRecordType.Cname ? record.CanonicalName : record.Address.ToString();
            found.Add($"{record.Name}={value}");
        }
        return string.Join(' ', found);
    }
}
