using System;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>Which bytes beyond a hole have arrived: few ranges, in order, never touching.</summary>
internal sealed class OutOfOrderRanges
{
    private const int RangesMax = 32;

    private readonly SackBlock[] _ranges = new SackBlock[RangesMax];
    private SeqNumber _latest;   // start of what came last: its range is reported first (RFC 2018 section 4)

    public int Count { get; private set; }

    /// <summary>Notes that these bytes are here. False: there are too many ranges already.</summary>
    public bool TryAdd(SeqNumber start, SeqNumber end)
    {
        int first = 0;
        while (first < Count && _ranges[first].End < start) first++;
        int behind = first;
        while (behind < Count && _ranges[behind].Start <= end) behind++;
        if (behind == first)
        {
            if (Count == RangesMax) return false;
            Array.Copy(_ranges, first, _ranges, first + 1, Count - first);
            _ranges[first] = new SackBlock(start, end);
            Count++;
        }
        else
        {
            start = SeqNumber.Earlier(start, _ranges[first].Start);
            end = SeqNumber.Later(end, _ranges[behind - 1].End);
            _ranges[first] = new SackBlock(start, end);
            Array.Copy(_ranges, behind, _ranges, first + 1, Count - behind);
            Count -= behind - first - 1;
        }
        _latest = start;
        return true;
    }

    /// <summary>Takes out what lies before <paramref name="next"/>, and the range that goes on there; returns where
    /// in-order bytes now end.</summary>
    public SeqNumber Absorb(SeqNumber next)
    {
        int taken = 0;
        while (taken < Count && _ranges[taken].Start <= next) next = SeqNumber.Later(next, _ranges[taken++].End);
        Array.Copy(_ranges, taken, _ranges, 0, Count - taken);
        Count -= taken;
        return next;
    }

    /// <summary>Writes the ranges into an acknowledgement, the latest first, as many as fit.</summary>
    public void Report(ref TcpOptions options)
    {
        int latest = 0;
        for (int i = 0; i < Count; i++) if (_ranges[i].Start == _latest) latest = i;
        if (Count > 0) options.AddSackBlock(_ranges[latest]);
        for (int i = 0; i < Count; i++) if (i != latest) options.AddSackBlock(_ranges[i]);
    }
}
