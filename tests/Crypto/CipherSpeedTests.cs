using Bootlace.Crypto;
using Bootlace.Net;
using Bootlace.Tests.Support;
using Xunit;

namespace Bootlace.Tests.Crypto;

/// <summary>Protects the choice of cipher: both are timed for half a millisecond, and a clock that stands still ends
/// the measurement too.</summary>
[Collection(NativeTests.Name)]
public class CipherSpeedTests
{
    [Fact]
    public void EachCipherIsTimedForHalfAMillisecond()
    {
        TickingClock clock = new(microsecondsALook: 100);
        CipherSpeed speed = CipherSpeed.Measure(clock);
        Assert.Equal(speed.AesBytesASecond, speed.ChaChaBytesASecond);   // by this clock they are the same
        Assert.InRange(clock.Now.Microseconds, 1000, 2000);
        Assert.True(speed.AesBytesASecond > 1_000_000);
    }

    [Fact]
    public void AClockThatStandsStillIsNoHang()
    {
        CipherSpeed speed = CipherSpeed.Measure(new TickingClock(microsecondsALook: 0));
        Assert.Equal(speed.AesBytesASecond, speed.ChaChaBytesASecond);
    }

    [Fact]
    public void TheFasterOneIsOfferedFirst()
    {
        ushort[] suites = new ushort[TlsSuites.CountMax];
        TlsSuites.Write(new CipherSpeed(2, 1).IsAesFaster, suites);
        Assert.Equal("AES_128_GCM_SHA256", TlsSuites.NameOf(suites[0]));
        int count = TlsSuites.Write(new CipherSpeed(1, 2).IsAesFaster, suites);
        Assert.Equal("CHACHA20_POLY1305_SHA256", TlsSuites.NameOf(suites[0]));
        Assert.All(suites[..count], suite => Assert.DoesNotContain("0x", TlsSuites.NameOf(suite)));
    }
}
