using Bootlace.Net;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Net;

/// <summary>Protects the date we are told: forged, replayed, damaged and useless answers do not count, refusals are
/// heeded, and every wait has an end.</summary>
public class NtpClientTests
{
    private static readonly long Now = new CalendarDate(2026, 11, 21, 15, 4, 5).ToUnixTime();
    private static readonly ulong NowOnWire = NtpTime.FromUnixTime(Now).Value | 0x8000_0000;

    [Fact]
    public void TheServersTimeIsTaken()
    {
        var talk = new NtpTalk();
        talk.Expect(0);
        talk.Answer(NowOnWire);
        Assert.Equal(Now, talk.Seconds);
    }

    [Fact]
    public void ASilentServerIsAskedFiveTimesWithAnotherNumberFromAnotherPort()
    {
        var talk = new NtpTalk();
        foreach (int atMs in new[] { 0, 1000, 3000, 7000, 15_000 }) talk.Expect(atMs);
        talk.RunTo(30_999);
        Assert.False(talk.IsDone);
        talk.RunTo(31_000);
        Assert.Same(NtpFailure.NoAnswer, talk.Failure);
        Assert.Equal((5, 5), (talk.Cookies.Count, talk.Ports.Count));
    }

    [Fact]
    public void SeveralAddressesAreAskedInTurn()
    {
        var talk = new NtpTalk(servers: 2);
        talk.Expect(0, server: 2);
        talk.Expect(1000, server: 3);
        talk.Expect(3000, server: 2);
        talk.Answer(NowOnWire, server: 3);   // not asked now
        Assert.False(talk.IsDone);
        talk.Answer(NowOnWire, server: 2);
        Assert.Equal(Now, talk.Seconds);
    }

    [Fact]
    public void AnswersThatAreNoneDoNotCount()
    {
        var talk = new NtpTalk();
        talk.Expect(0);
        talk.Answer(NowOnWire, origin: talk.Cookie ^ 1);   // forged without having seen the question
        talk.Answer(NowOnWire, origin: 0);
        talk.Answer(NowOnWire, server: 9);
        talk.Answer(NowOnWire, fromPort: 124);
        talk.Answer(NowOnWire, head: 0x23);   // a client
        talk.Answer(NowOnWire, head: 0x25);   // a broadcast
        talk.Answer(NowOnWire, head: 0x0c);   // version 1
        talk.Answer(NowOnWire, head: 0x3c);   // version 7
        talk.Answer(NowOnWire, length: 47);
        talk.Answer(NowOnWire, length: 0);
        Assert.False(talk.IsDone);
        talk.Answer(NowOnWire, head: 0x1c, length: 68);   // version 3, with a digest behind
        Assert.Equal(Now, talk.Seconds);
    }

    [Fact]
    public void AnAnswerToAnEarlierQuestionIsTooLate()
    {
        var talk = new NtpTalk();
        talk.Expect(0);
        ulong first = talk.Cookie;
        talk.Expect(1000);
        talk.Answer(NowOnWire, origin: first);
        Assert.False(talk.IsDone);
    }

    [Theory]
    [InlineData("DENY")]
    [InlineData("RATE")]
    [InlineData("RSTR")]
    public void AKissOfDeathIsHeeded(string code)
    {
        var talk = new NtpTalk(servers: 2);
        talk.Expect(0);
        talk.Answer(NowOnWire, stratum: 0, reference: code);
        Assert.Same(NtpFailure.Refused, talk.Failure);
        Assert.Contains(code, talk.Message);
    }

    [Fact]
    public void ARefusalsCodeReachesTheScreenOnlyAsLetters()
    {
        var talk = new NtpTalk();
        talk.Expect(0);
        talk.Answer(NowOnWire, stratum: 0, reference: "\x1b[2J");
        Assert.DoesNotContain('\x1b', talk.Message);
    }

    [Theory]
    [InlineData(0xe4, 2, false)]    // it says so
    [InlineData(0x24, 16, false)]
    [InlineData(0x24, 255, false)]
    [InlineData(0x24, 2, true)]     // no time in it
    public void AServerThatDoesNotKnowTheTimeIsAskedAgainAndThenGivenUp(byte head, byte stratum, bool isEmpty)
    {
        var talk = new NtpTalk();
        foreach (int atMs in new[] { 0, 1000, 3000, 7000, 15_000 })
        {
            talk.Expect(atMs);
            talk.Answer(isEmpty ? 0 : NowOnWire, head: head, stratum: stratum);
        }
        talk.RunTo(31_000);
        Assert.Same(NtpFailure.NotSynchronized, talk.Failure);
    }

    [Fact]
    public void AServerThatIsNotThereIsAskedAgainAndThenNamed()
    {
        var talk = new NtpTalk();
        foreach (int atMs in new[] { 0, 1000, 3000, 7000, 15_000 })
        {
            talk.Expect(atMs);
            talk.Refuse();
        }
        talk.RunTo(31_000);
        Assert.Same(NetFailure.PortUnreachable, talk.Failure);
    }

    [Fact]
    public void CtrlCEndsIt()
    {
        var talk = new NtpTalk();
        talk.Expect(0);
        talk.Stop();
        talk = new NtpTalk();
        talk.Expect(0);
        talk.Answer(0);
        talk.Stop();   // also between two questions
    }

    [Fact]
    public void TheNextEraBeginsIn2036()
    {
        var talk = new NtpTalk(earliest: Now);
        talk.Expect(0);
        talk.Answer(5ul << 32);
        Assert.Equal(new CalendarDate(2036, 2, 7, 6, 28, 21).ToUnixTime(), talk.Seconds);
    }
}
