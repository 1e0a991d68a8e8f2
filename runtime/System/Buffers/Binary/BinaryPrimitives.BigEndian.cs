using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace System.Buffers.Binary;

public static partial class BinaryPrimitives
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static short ReadInt16BigEndian(ReadOnlySpan<byte> source) =>
        ReverseEndianness(MemoryMarshal.Read<short>(source));

    public static bool TryReadInt16BigEndian(ReadOnlySpan<byte> source, out short value)
    {
        bool fits = MemoryMarshal.TryRead(source, out value);
        value = ReverseEndianness(value);
        return fits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteInt16BigEndian(Span<byte> destination, short value) =>
        MemoryMarshal.Write(destination, ReverseEndianness(value));

    public static bool TryWriteInt16BigEndian(Span<byte> destination, short value)
    {
        if (destination.Length < sizeof(short)) return false;
        WriteInt16BigEndian(destination, value);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort ReadUInt16BigEndian(ReadOnlySpan<byte> source) =>
        ReverseEndianness(MemoryMarshal.Read<ushort>(source));

    public static bool TryReadUInt16BigEndian(ReadOnlySpan<byte> source, out ushort value)
    {
        bool fits = MemoryMarshal.TryRead(source, out value);
        value = ReverseEndianness(value);
        return fits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteUInt16BigEndian(Span<byte> destination, ushort value) =>
        MemoryMarshal.Write(destination, ReverseEndianness(value));

    public static bool TryWriteUInt16BigEndian(Span<byte> destination, ushort value)
    {
        if (destination.Length < sizeof(ushort)) return false;
        WriteUInt16BigEndian(destination, value);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ReadInt32BigEndian(ReadOnlySpan<byte> source) =>
        ReverseEndianness(MemoryMarshal.Read<int>(source));

    public static bool TryReadInt32BigEndian(ReadOnlySpan<byte> source, out int value)
    {
        bool fits = MemoryMarshal.TryRead(source, out value);
        value = ReverseEndianness(value);
        return fits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteInt32BigEndian(Span<byte> destination, int value) =>
        MemoryMarshal.Write(destination, ReverseEndianness(value));

    public static bool TryWriteInt32BigEndian(Span<byte> destination, int value)
    {
        if (destination.Length < sizeof(int)) return false;
        WriteInt32BigEndian(destination, value);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint ReadUInt32BigEndian(ReadOnlySpan<byte> source) =>
        ReverseEndianness(MemoryMarshal.Read<uint>(source));

    public static bool TryReadUInt32BigEndian(ReadOnlySpan<byte> source, out uint value)
    {
        bool fits = MemoryMarshal.TryRead(source, out value);
        value = ReverseEndianness(value);
        return fits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteUInt32BigEndian(Span<byte> destination, uint value) =>
        MemoryMarshal.Write(destination, ReverseEndianness(value));

    public static bool TryWriteUInt32BigEndian(Span<byte> destination, uint value)
    {
        if (destination.Length < sizeof(uint)) return false;
        WriteUInt32BigEndian(destination, value);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long ReadInt64BigEndian(ReadOnlySpan<byte> source) =>
        ReverseEndianness(MemoryMarshal.Read<long>(source));

    public static bool TryReadInt64BigEndian(ReadOnlySpan<byte> source, out long value)
    {
        bool fits = MemoryMarshal.TryRead(source, out value);
        value = ReverseEndianness(value);
        return fits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteInt64BigEndian(Span<byte> destination, long value) =>
        MemoryMarshal.Write(destination, ReverseEndianness(value));

    public static bool TryWriteInt64BigEndian(Span<byte> destination, long value)
    {
        if (destination.Length < sizeof(long)) return false;
        WriteInt64BigEndian(destination, value);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ReadUInt64BigEndian(ReadOnlySpan<byte> source) =>
        ReverseEndianness(MemoryMarshal.Read<ulong>(source));

    public static bool TryReadUInt64BigEndian(ReadOnlySpan<byte> source, out ulong value)
    {
        bool fits = MemoryMarshal.TryRead(source, out value);
        value = ReverseEndianness(value);
        return fits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteUInt64BigEndian(Span<byte> destination, ulong value) =>
        MemoryMarshal.Write(destination, ReverseEndianness(value));

    public static bool TryWriteUInt64BigEndian(Span<byte> destination, ulong value)
    {
        if (destination.Length < sizeof(ulong)) return false;
        WriteUInt64BigEndian(destination, value);
        return true;
    }
}
