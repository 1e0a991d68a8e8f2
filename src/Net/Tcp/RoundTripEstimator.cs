using System;

namespace Bootlace.Net;

/// <summary>The retransmission time-out of RFC 6298 from measured round trips. Whoever feeds it obeys Karn: a segment
/// sent twice is never measured.</summary>
public struct RoundTripEstimator
{
    private const long InitialUs = 500_000;     // RFC 6298, 2.1 has 1 s; better a SYN too many than a second lost
    private const long MinUs = 200_000;         // as common stacks; the RFC's 1 s would stall a LAN transfer
    private const long MaxUs = 8_000_000;       // iPXE's; a boot that waits longer for one segment has failed
    private const long GranularityUs = 10_000;  // we are polled at worst from the firmware's 10 ms tick

    private long _smoothedUs;
    private long _variationUs;
    private int _backoffs;

    /// <summary>True once a round trip has been measured.</summary>
    public readonly bool HasSample => _smoothedUs > 0;

    /// <summary>Smoothed round trip, Srtt; zero before the first sample.</summary>
    public readonly Duration Srtt => Duration.FromMicroseconds(_smoothedUs);

    /// <summary>How long to wait for an acknowledgement now, back-off included.</summary>
    public readonly Duration Rto
    {
        get
        {
            long baseUs = HasSample ? _smoothedUs + Math.Max(GranularityUs, 4 * _variationUs) : InitialUs;
            baseUs = Math.Max(baseUs, MinUs);
            return Duration.FromMicroseconds(Math.Min(baseUs << _backoffs, MaxUs));
        }
    }

    /// <summary>Takes in one measured round trip (RFC 6298, 2.2 and 2.3) and ends any back-off.</summary>
    public void Sample(Duration roundTrip)
    {
        long us = Math.Max(1, roundTrip.Microseconds);
        if (!HasSample)
        {
            _smoothedUs = us;
            _variationUs = us / 2;
        }
        else
        {
            _variationUs += (Math.Abs(_smoothedUs - us) - _variationUs) / 4;
            _smoothedUs = Math.Max(1, _smoothedUs + (us - _smoothedUs) / 8);
        }
        _backoffs = 0;
    }

    /// <summary>Doubles the time-out after it has run out (RFC 6298, 5.5).</summary>
    public void BackOff()
    {
        if (_backoffs < 6) _backoffs++;
    }

    /// <summary>New data was acknowledged: the doubled time-out no longer applies.</summary>
    public void EndBackOff() => _backoffs = 0;
}
