using System;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>Puts IPv4 fragments together (RFC 791 section 3.2): few packets at a time, each for a limited time.
/// Fragments that overlap with other bytes than before give the whole packet up, as RFC 5722 demands of IPv6.</summary>
internal sealed class Ipv4Reassembly
{
    private const int PacketsMax = 4;
    private const int UnitBytes = 8;                 // fragment offsets count these
    private const int UnitsMax = 65536 / UnitBytes;
    private const int BufferBytesMin = 4096;
    private static readonly Duration TimeMax = Duration.FromSeconds(15);

    private sealed class Partial
    {
        public readonly ulong[] UnitsHere = new ulong[UnitsMax / 64];
        public byte[] Bytes = [];
        public bool IsUsed;
        public bool IsGivenUp;        // stays to swallow the packet's other fragments
        public Ipv4Address Source, Target;
        public IpProtocol Protocol;
        public ushort Identification;
        public Instant ExpiresAt;
        public int UnitsReceived;
        public int TotalBytes;        // 0: the last fragment has not come
        public int FurthestBytes;
    }

    private readonly Partial?[] _partials = new Partial?[PacketsMax];

    /// <summary>Packets being put together.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            foreach (Partial? partial in _partials) if (partial is { IsUsed: true }) count++;
            return count;
        }
    }

    /// <summary>Takes in a fragment. True if it completed its packet: <paramref name="payload"/> is then valid until
    /// the next call. <paramref name="isRefused"/>: the fragment contradicts others.</summary>
    public bool Add(scoped in Ipv4View fragment, Instant now, out ReadOnlySpan<byte> payload, out bool isRefused)
    {
        payload = default;
        Partial partial = FindOrStart(fragment, now);
        isRefused = partial.IsGivenUp || !TryPlace(partial, fragment);
        if (isRefused)
        {
            partial.IsGivenUp = true;
            return false;
        }
        if (partial.TotalBytes == 0) return false;
        if (partial.UnitsReceived * UnitBytes < partial.TotalBytes) return false;
        partial.IsUsed = false;
        payload = partial.Bytes.AsSpan(0, partial.TotalBytes);
        return true;
    }

    /// <summary>The entry of the fragment's packet. An entry that has waited too long needs no timer: it is the first
    /// to make room, and its fragments count no more.</summary>
    private Partial FindOrStart(scoped in Ipv4View fragment, Instant now)
    {
        int choice = 0;
        for (int i = 0; i < PacketsMax; i++)
        {
            if (_partials[i] is not { IsUsed: true } partial || partial.ExpiresAt <= now) choice = i;
            else if (IsOf(partial, fragment)) return partial;
            else if (_partials[choice] is { IsUsed: true } other && partial.ExpiresAt < other.ExpiresAt) choice = i;
        }
        Partial fresh = _partials[choice] ??= new Partial();
        fresh.UnitsHere.AsSpan().Clear();
        (fresh.IsUsed, fresh.IsGivenUp) = (true, false);
        (fresh.Source, fresh.Target) = (fragment.Source, fragment.Target);
        (fresh.Protocol, fresh.Identification) = (fragment.Protocol, fragment.Identification);
        fresh.ExpiresAt = now + TimeMax;
        (fresh.UnitsReceived, fresh.TotalBytes, fresh.FurthestBytes) = (0, 0, 0);
        return fresh;
    }

    private static bool IsOf(Partial partial, scoped in Ipv4View fragment) =>
        partial.Identification == fragment.Identification && partial.Source == fragment.Source
        && partial.Target == fragment.Target && partial.Protocol == fragment.Protocol;

    /// <summary>Copies the fragment into place; false if it contradicts what is there. The view has checked that it is
    /// not empty, that only the last one is not a multiple of 8, and that it ends inside the longest packet.</summary>
    private static bool TryPlace(Partial partial, scoped in Ipv4View fragment)
    {
        ReadOnlySpan<byte> payload = fragment.Payload;
        int start = fragment.FragmentOffsetBytes;
        int end = start + payload.Length;
        if (partial.TotalBytes > 0 && end > partial.TotalBytes) return false;
        if (!fragment.MoreFragments)
        {
            if (partial.TotalBytes > 0 && partial.TotalBytes != end) return false;
            if (partial.FurthestBytes > end) return false;
            partial.TotalBytes = end;
        }
        partial.FurthestBytes = Math.Max(partial.FurthestBytes, end);
        Reserve(partial, end);
        int firstUnit = start / UnitBytes, unitCount = (payload.Length + UnitBytes - 1) / UnitBytes;
        int unitsHere = 0;
        for (int unit = firstUnit; unit < firstUnit + unitCount; unit++)
            if ((partial.UnitsHere[unit >> 6] >> (unit & 63) & 1) != 0) unitsHere++;
        Span<byte> place = partial.Bytes.AsSpan(start, payload.Length);
        if (unitsHere == unitCount) return payload.SequenceEqual(place);   // the same fragment once more
        if (unitsHere > 0) return false;
        for (int unit = firstUnit; unit < firstUnit + unitCount; unit++)
            partial.UnitsHere[unit >> 6] |= 1UL << (unit & 63);
        partial.UnitsReceived += unitCount;
        payload.CopyTo(place);
        return true;
    }

    private static void Reserve(Partial partial, int bytes)
    {
        if (partial.Bytes.Length >= bytes) return;
        int size = Math.Max(partial.Bytes.Length, BufferBytesMin);
        while (size < bytes) size *= 2;
        Array.Resize(ref partial.Bytes, size);
    }
}
