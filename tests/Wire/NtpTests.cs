using System;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Wire;

/// <summary>Protects NTP messages: 48 bytes both ways, nothing shorter is read, nothing else is believed.</summary>
public class NtpTests
{
    private static readonly byte[] Answer = Golden.Bytes("""
        24                       ; no leap second, version 4, server
        02 06 e9                 ; stratum, poll, precision
        00 00 01 00 00 00 02 00  ; root delay and dispersion
        0a 00 02 02              ; its server
        ec ab 3f 00 00 00 00 00  ; when its clock was set
        01 23 45 67 89 ab cd ef  ; what we sent
        ec ab 3f 10 80 00 00 00  ; when it came
        ec ab 3f 11 c0 00 00 00  ; when this was sent
        """);

    [Fact]
    public void AQuestionIsNothingButANumber()
    {
        byte[] bytes = new byte[60];
        Array.Fill(bytes, (byte)0xff);
        Assert.Equal(48, new NtpQuery(new NtpTime(0x0123456789abcdef)).Emit(bytes));
        Assert.Equal(Golden.Bytes("23 00*39 01 23 45 67 89 ab cd ef ff*12"), bytes);
    }

    [Fact]
    public void AnAnswerIsRead()
    {
        Assert.True(NtpView.TryRead(Answer, out NtpView view, out _));
        Assert.Equal((0x0123456789abcdefUL, 0xecab3f11c0000000UL), (view.Origin.Value, view.Transmitted.Value));
        Assert.Equal((false, true, ""), (view.IsRefusal, view.IsSynchronized, view.Refusal));
        Assert.Equal(new CalendarDate(2025, 10, 28, 13, 9, 37).ToUnixTime(), view.Transmitted.ToUnixTime(0));
    }

    [Fact]
    public void EveryTruncationIsRefusedAndNoFlippedBitHarms()
    {
        for (int length = 0; length < Answer.Length; length++)
        {
            Assert.False(NtpView.TryRead(Answer.AsSpan(0, length), out _, out ParseError error));
            Assert.Equal(ParseError.TooShort, error);
        }
        for (int bit = 0; bit < Answer.Length * 8; bit++)
        {
            byte[] flipped = (byte[])Answer.Clone();
            flipped[bit / 8] ^= (byte)(1 << bit % 8);
            if (!NtpView.TryRead(flipped, out NtpView view, out ParseError error))
            {
                Assert.True(bit < 6 && error is ParseError.BadVersion or ParseError.BadKind);
                continue;
            }
            Assert.True(view.Refusal.Length <= 4 && view.Transmitted.ToUnixTime(0) >= 0);
        }
    }

    [Fact]
    public void TimesGoBothWaysAndIntoTheNextEra()
    {
        foreach (long seconds in new[] { 0L, 1_700_000_000, 2_085_978_495 })
            Assert.Equal(seconds, NtpTime.FromUnixTime(seconds).ToUnixTime(0));
        Assert.Equal(2_085_978_496, new NtpTime(0).ToUnixTime(1_700_000_000));
        Assert.Equal(-2_208_988_800, new NtpTime(0).ToUnixTime(long.MinValue));
    }
}
