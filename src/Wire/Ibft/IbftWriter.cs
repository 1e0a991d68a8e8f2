using System;
using System.Buffers.Binary;
using System.Text;

namespace Bootlace.Wire;

/// <summary>The bytes of an iBFT in the making: structures from the front, texts behind the place of the last
/// structure.</summary>
/// <param name="structureBytes">Length of all structures, header included, each aligned.</param>
internal sealed class IbftWriter(int structureBytes)
{
    private const int Alignment = 16, BytesMax = ushort.MaxValue;
    private const byte Version = 1, Valid = 1, Selected = 2;
    private static readonly Ipv6Address s_mapped = new(0, 0xffff_0000_0000);   // ::ffff:0.0.0.0

    private byte[] _bytes = new byte[structureBytes];
    private int _next, _textsEnd = structureBytes;

    /// <summary>Where the next structure will stand.</summary>
    public int Next => _next;

    /// <summary>A length rounded up to where the next structure can stand.</summary>
    public static int Aligned(int countBytes) => countBytes + Alignment - 1 & -Alignment;

    /// <summary>Takes the place of something without a structure's header.</summary>
    public void Skip(int countBytes) => _next += Aligned(countBytes);

    /// <summary>Starts a structure (iBFT 1.02 section 3.2); returns its offset.</summary>
    public int Start(byte id, int countBytes, int index, int flags)
    {
        int at = _next;
        Skip(countBytes);
        Check.That(_next <= _textsEnd);
        Byte(at, id);
        Byte(at + 1, Version);
        Number(at + 2, countBytes);
        Byte(at + 4, (byte)index);
        Byte(at + 5, (byte)flags);
        return at;
    }

    /// <summary>The flags that a block is valid, and that the machine booted with it.</summary>
    public static int Flags(bool isSelected) => Valid | (isSelected ? Selected : 0);

    public void Byte(int offset, byte value) => _bytes[offset] = value;

    public void Number(int offset, int value) =>
        BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(offset), (ushort)value);

    public void Bytes(int offset, ReadOnlySpan<byte> value) => value.CopyTo(_bytes.AsSpan(offset));

    /// <summary>Eight bytes as they are on the wire, not turned round like the table's own numbers.</summary>
    public void Lun(int offset, ulong value) => BigEndian.WriteU64(_bytes, offset, value);

    public void Mac(int offset, MacAddress value) => value.Write(_bytes.AsSpan(offset));

    /// <summary>An IPv4 address in the form ::ffff:a.b.c.d; no address as zeros.</summary>
    public void Address(int offset, IpAddress value)
    {
        if (value.IsUnspecified) return;
        Ipv6Address address = value.IsIpv6 ? value.Ipv6 : new Ipv6Address(0, s_mapped.Low | value.Ipv4.Value);
        address.Write(_bytes.AsSpan(offset));
    }

    /// <summary>A text's length and place at <paramref name="offset"/>, and the text behind the others; zeros for an
    /// empty one. False if there is no room for it.</summary>
    public bool TryText(int offset, string text)
    {
        if (text.Length == 0) return true;
        int countBytes = Encoding.UTF8.GetByteCount(text);
        if (countBytes > BytesMax - 1 - _textsEnd) return false;
        int end = _textsEnd + countBytes + 1;
        if (end > _bytes.Length) Array.Resize(ref _bytes, Math.Min(BytesMax, 2 * end));
        Encoding.UTF8.GetBytes(text, _bytes.AsSpan(_textsEnd));
        Number(offset, countBytes);
        Number(offset + 2, _textsEnd);
        _textsEnd = end;
        return true;
    }

    /// <summary>Puts in length and checksum - all bytes shall add up to 0 - and gives the table.</summary>
    public byte[] End(int lengthOffset, int checksumOffset)
    {
        byte[] table = _bytes.AsSpan(0, _textsEnd).ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(lengthOffset), (uint)table.Length);
        byte sum = 0;
        foreach (byte value in table) sum += value;
        table[checksumOffset] = (byte)-sum;
        Array.Clear(_bytes);   // secrets stay in the table only
        return table;
    }
}
