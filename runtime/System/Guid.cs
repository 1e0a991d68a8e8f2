using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace System;

/// <summary>A 128-bit identifier; in memory as in the UEFI specification: three little-endian fields and eight
/// bytes.</summary>
public readonly partial struct Guid : IEquatable<Guid>, IComparable<Guid>, IComparable, ISpanFormattable
{
    public static readonly Guid Empty;

    private readonly int _a;
    private readonly short _b;
    private readonly short _c;
    private readonly byte _d, _e, _f, _g, _h, _i, _j, _k;

    public Guid(ReadOnlySpan<byte> b) : this(b, bigEndian: false) { }

    public Guid(byte[] b)
        : this((ReadOnlySpan<byte>)(b ?? throw new ArgumentNullException(nameof(b))), bigEndian: false) { }

    public Guid(ReadOnlySpan<byte> b, bool bigEndian)
    {
        if (b.Length != 16) throw new ArgumentException("Byte array for Guid must be exactly 16 bytes long.",
            nameof(b));
        _a = bigEndian ? BinaryPrimitives.ReadInt32BigEndian(b) : BinaryPrimitives.ReadInt32LittleEndian(b);
        _b = bigEndian ? BinaryPrimitives.ReadInt16BigEndian(b[4..]) : BinaryPrimitives.ReadInt16LittleEndian(b[4..]);
        _c = bigEndian ? BinaryPrimitives.ReadInt16BigEndian(b[6..]) : BinaryPrimitives.ReadInt16LittleEndian(b[6..]);
        (_d, _e, _f, _g) = (b[8], b[9], b[10], b[11]);
        (_h, _i, _j, _k) = (b[12], b[13], b[14], b[15]);
    }

    public Guid(int a, short b, short c, byte d, byte e, byte f, byte g, byte h, byte i, byte j, byte k)
    {
        (_a, _b, _c) = (a, b, c);
        (_d, _e, _f, _g) = (d, e, f, g);
        (_h, _i, _j, _k) = (h, i, j, k);
    }

    public Guid(uint a, ushort b, ushort c, byte d, byte e, byte f, byte g, byte h, byte i, byte j, byte k)
        : this((int)a, (short)b, (short)c, d, e, f, g, h, i, j, k) { }

    public Guid(int a, short b, short c, byte[] d) : this(a, b, c, d[0], d[1], d[2], d[3], d[4], d[5], d[6], d[7]) { }

    public Guid(string g) => this = Parse(g);

    public static bool operator ==(Guid a, Guid b) => a.Equals(b);

    public static bool operator !=(Guid a, Guid b) => !a.Equals(b);

    public byte[] ToByteArray() => ToByteArray(bigEndian: false);

    public byte[] ToByteArray(bool bigEndian)
    {
        var bytes = new byte[16];
        TryWriteBytes(bytes, bigEndian, out _);
        return bytes;
    }

    public bool TryWriteBytes(Span<byte> destination) => TryWriteBytes(destination, bigEndian: false, out _);

    public bool TryWriteBytes(Span<byte> destination, bool bigEndian, out int bytesWritten)
    {
        bytesWritten = 0;
        if (destination.Length < 16) return false;
        if (bigEndian)
        {
            BinaryPrimitives.WriteInt32BigEndian(destination, _a);
            BinaryPrimitives.WriteInt16BigEndian(destination[4..], _b);
            BinaryPrimitives.WriteInt16BigEndian(destination[6..], _c);
        }
        else
        {
            BinaryPrimitives.WriteInt32LittleEndian(destination, _a);
            BinaryPrimitives.WriteInt16LittleEndian(destination[4..], _b);
            BinaryPrimitives.WriteInt16LittleEndian(destination[6..], _c);
        }
        (destination[8], destination[9], destination[10], destination[11]) = (_d, _e, _f, _g);
        (destination[12], destination[13], destination[14], destination[15]) = (_h, _i, _j, _k);
        bytesWritten = 16;
        return true;
    }

    public bool Equals(Guid g)
    {
        Span<byte> mine = stackalloc byte[16], other = stackalloc byte[16];
        TryWriteBytes(mine);
        g.TryWriteBytes(other);
        return mine.SequenceEqual(other);
    }

    public override bool Equals([NotNullWhen(true)] object? o) => o is Guid g && Equals(g);

    public override int GetHashCode() =>
        HashCode.Combine(_a, _b, _c, _d << 24 | _e << 16 | _f << 8 | _g, _h << 24 | _i << 16 | _j << 8 | _k);

    /// <summary>By the fields as numbers, that is by the text.</summary>
    public int CompareTo(Guid value)
    {
        Span<byte> mine = stackalloc byte[16], other = stackalloc byte[16];
        TryWriteBytes(mine, bigEndian: true, out _);
        value.TryWriteBytes(other, bigEndian: true, out _);
        int order = mine.SequenceCompareTo(other);
        return order < 0 ? -1 : order > 0 ? 1 : 0;
    }

    public int CompareTo(object? value) => value is null ? 1
        : value is Guid other ? CompareTo(other)
        : throw new ArgumentException("Object must be of type GUID.");
}
