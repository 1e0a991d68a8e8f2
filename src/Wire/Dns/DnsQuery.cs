using System;

namespace Bootlace.Wire;

/// <summary>A DNS query for one name and type, recursion desired (RFC 1035 section 4).</summary>
public readonly record struct DnsQuery(ushort Id, string Name, DnsRecordType Type)
{
    /// <summary>Longest query.</summary>
    public const int BytesMax = DnsView.HeaderBytes + DnsName.BytesMax + 4;

    /// <summary>Writes the query; false if the name is none (see <see cref="DnsName.TryEmit"/>) or does not
    /// fit.</summary>
    public bool TryEmit(Span<byte> target, out int countBytes)
    {
        countBytes = 0;
        if (target.Length < DnsView.HeaderBytes) return false;
        target[..DnsView.HeaderBytes].Clear();
        BigEndian.WriteU16(target, 0, Id);
        BigEndian.WriteU16(target, DnsView.FlagsOffset, DnsView.RecursionDesired);
        BigEndian.WriteU16(target, DnsView.QuestionsOffset, 1);
        if (!DnsName.TryEmit(target[DnsView.HeaderBytes..], Name, out int nameBytes)) return false;
        int at = DnsView.HeaderBytes + nameBytes;
        if (target.Length - at < 4) return false;
        BigEndian.WriteU16(target, at, Type.Value);
        BigEndian.WriteU16(target, at + 2, DnsView.ClassInternet);
        countBytes = at + 4;
        return true;
    }
}
