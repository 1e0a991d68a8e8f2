using System;
using System.Collections.Generic;
using System.Text;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.San;

/// <summary>What we would like to use and what came of it (RFC 7143 section 13). Everything negotiable is offered by us
/// in one text, so that what the target says are results and its own declarations.</summary>
internal sealed class OperationalKeys(bool isDiscovery)
{
    /// <summary>What the target may send at once. Its Data-In goes straight to where it is wanted, so nothing of ours
    /// has this size.</summary>
    private const int ReceiveSegmentBytesMax = 256 * 1024;
    private const int MaxBurstBytes = 16 * 1024 * 1024 - 1024, FirstBurstBytes = 1024 * 1024;
    private const int OutstandingR2TMax = 8;
    private const int SegmentBytesMin = 512, SegmentBytesMax = 0xff_ffff;
    private const int TimeMaxSeconds = 3600;
    private const int RepliesMax = 16;

    private static readonly string[] SecurityKeys =
        ["AuthMethod", "CHAP_A", "CHAP_N", "CHAP_R", "CHAP_I", "CHAP_C", "TargetAlias", "TargetAddress", "TargetName"];

    private readonly List<string> _notUnderstood = [];
    private IscsiParameters _settled = new() { ReceiveSegmentBytesMax = ReceiveSegmentBytesMax };

    /// <summary>Writes all our offers; returns their length.</summary>
    public int WriteOffer(Span<byte> target)
    {
        var writer = new IscsiTextWriter(target);
        string digests = isDiscovery ? "None" : "CRC32C,None";
        bool fits = writer.TryAdd("HeaderDigest", digests)
            && writer.TryAdd("DataDigest", digests)
            && writer.TryAdd("MaxRecvDataSegmentLength", ReceiveSegmentBytesMax)
            && writer.TryAdd("DefaultTime2Wait", 0)
            && writer.TryAdd("DefaultTime2Retain", 0)
            && writer.TryAdd("ErrorRecoveryLevel", 0);
        if (!isDiscovery)   // the others have no meaning in a discovery session
        {
            fits &= writer.TryAdd("MaxConnections", 1)
                && writer.TryAdd("InitialR2T", "No")
                && writer.TryAdd("ImmediateData", "Yes")
                && writer.TryAdd("MaxBurstLength", MaxBurstBytes)
                && writer.TryAdd("FirstBurstLength", FirstBurstBytes)
                && writer.TryAdd("MaxOutstandingR2T", OutstandingR2TMax)
                && writer.TryAdd("DataPDUInOrder", "Yes")
                && writer.TryAdd("DataSequenceInOrder", "Yes");
        }
        Check.That(fits);
        _notUnderstood.Clear();   // what the target asked for while it ended the stage itself
        return writer.Bytes;
    }

    /// <summary>Writes the answers to what the target has asked for and we do not know; returns their
    /// length.</summary>
    public int WriteReplies(Span<byte> target)
    {
        var writer = new IscsiTextWriter(target);
        foreach (string key in _notUnderstood) Check.That(writer.TryAdd(key, "NotUnderstood"));
        _notUnderstood.Clear();
        return writer.Bytes;
    }

    /// <summary>Takes a result or a declaration. False: it cannot be, or the target rejects what we offered. What is
    /// Irrelevant or NotUnderstood there stays at its default.</summary>
    public bool TryTake(in IscsiTextPair pair)
    {
        if (IsOf(pair, SecurityKeys)) return true;   // the conversation looks at these itself
        if (pair.Value.SequenceEqual("Reject"u8)) return false;
        if (pair.Value.SequenceEqual("Irrelevant"u8) || pair.Value.SequenceEqual("NotUnderstood"u8)) return true;
        return TryTakeChoice(pair, out bool isGood) ? isGood : TryTakeNumber(pair);
    }

    /// <summary>The result.</summary>
    public IscsiParameters Settle(LoginExchange exchange) => _settled with
    {
        FirstBurstBytes = Math.Min(_settled.FirstBurstBytes, _settled.MaxBurstBytes),
        SessionHandle = exchange.SessionHandle,
        CmdSn = LoginExchange.FirstCmdSn,
        MaxCmdSn = exchange.Sequence.MaxCmdSn,
        ExpStatSn = exchange.Sequence.StatSn + 1,
    };

    /// <summary>False: the key is none of these.</summary>
    private bool TryTakeChoice(in IscsiTextPair pair, out bool isGood)
    {
        bool isOn;
        if (pair.Is("HeaderDigest"))
            isGood = TryReadDigest(pair.Value, out isOn) && Set(_settled with { HeaderDigest = isOn });
        else if (pair.Is("DataDigest"))
            isGood = TryReadDigest(pair.Value, out isOn) && Set(_settled with { DataDigest = isOn });
        else if (pair.Is("InitialR2T"))
            isGood = TryReadFlag(pair.Value, out isOn) && Set(_settled with { InitialR2T = isOn });
        else if (pair.Is("ImmediateData"))
            isGood = TryReadFlag(pair.Value, out isOn) && Set(_settled with { ImmediateData = isOn });
        else if (pair.Is("DataPDUInOrder") || pair.Is("DataSequenceInOrder"))
            isGood = TryReadFlag(pair.Value, out isOn) && isOn;
        else
            return isGood = false;
        return true;
    }

    private bool TryTakeNumber(in IscsiTextPair pair)
    {
        // Where the smaller of two numbers counts, a target that names a larger one than we did means ours.
        if (pair.Is("MaxRecvDataSegmentLength"))
            return TryRead(pair, SegmentBytesMin, SegmentBytesMax, out int n)
                && Set(_settled with { SendSegmentBytesMax = n });
        if (pair.Is("MaxBurstLength"))
            return TryRead(pair, SegmentBytesMin, MaxBurstBytes, out int n)
                && Set(_settled with { MaxBurstBytes = n });
        if (pair.Is("FirstBurstLength"))
            return TryRead(pair, SegmentBytesMin, FirstBurstBytes, out int n)
                && Set(_settled with { FirstBurstBytes = n });
        if (pair.Is("MaxOutstandingR2T"))
            return TryRead(pair, 1, OutstandingR2TMax, out int n)
                && Set(_settled with { MaxOutstandingR2T = n });
        if (pair.Is("DefaultTime2Wait"))
            return TryRead(pair, 0, TimeMaxSeconds, out int n)
                && Set(_settled with { Time2Wait = Duration.FromSeconds(n) });
        if (pair.Is("DefaultTime2Retain"))
            return TryRead(pair, 0, 0, out int n)
                && Set(_settled with { Time2Retain = Duration.FromSeconds(n) });
        if (pair.Is("TargetPortalGroupTag"))
            return TryRead(pair, 0, ushort.MaxValue, out int n)
                && Set(_settled with { TargetPortalGroupTag = (ushort)n });
        if (pair.Is("ErrorRecoveryLevel")) return pair.Value.SequenceEqual("0"u8);
        if (pair.Is("MaxConnections")) return TryRead(pair, 1, 1, out _);
        return TryNote(pair.Key);
    }

    private bool TryNote(ReadOnlySpan<byte> key)
    {
        if (_notUnderstood.Count == RepliesMax) return false;
        _notUnderstood.Add(Encoding.ASCII.GetString(key));
        return true;
    }

    private bool Set(IscsiParameters settled)
    {
        _settled = settled;
        return true;
    }

    private static bool TryReadDigest(ReadOnlySpan<byte> value, out bool isOn)
    {
        isOn = value.SequenceEqual("CRC32C"u8);
        return isOn || value.SequenceEqual("None"u8);
    }

    private static bool TryReadFlag(ReadOnlySpan<byte> value, out bool isOn)
    {
        isOn = value.SequenceEqual("Yes"u8);
        return isOn || value.SequenceEqual("No"u8);
    }

    /// <summary>Reads a number of at least so much; of a larger one than <paramref name="most"/> it gives
    /// that.</summary>
    private static bool TryRead(in IscsiTextPair pair, int least, int most, out int value)
    {
        bool isNumber = IscsiBinary.TryReadNumber(pair.Value, out ulong number);
        value = (int)Math.Min(number, (ulong)most);
        return isNumber && number >= (ulong)least;
    }

    private static bool IsOf(in IscsiTextPair pair, string[] keys)
    {
        foreach (string key in keys)
        {
            if (pair.Is(key)) return true;
        }
        return false;
    }
}
