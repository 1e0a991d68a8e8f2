using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace System.Buffers.Binary;

public static partial class BinaryPrimitives
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static short ReadInt16LittleEndian(ReadOnlySpan<byte> source) => MemoryMarshal.Read<short>(source);

    public static bool TryReadInt16LittleEndian(ReadOnlySpan<byte> source, out short value)
    {
        bool fits = MemoryMarshal.TryRead(source, out value);
        return fits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteInt16LittleEndian(Span<byte> destination, short value) =>
        MemoryMarshal.Write(destination, value);

    public static bool TryWriteInt16LittleEndian(Span<byte> destination, short value)
    {
        if (destination.Length < sizeof(short)) return false;
        WriteInt16LittleEndian(destination, value);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort ReadUInt16LittleEndian(ReadOnlySpan<byte> source) => MemoryMarshal.Read<ushort>(source);

    public static bool TryReadUInt16LittleEndian(ReadOnlySpan<byte> source, out ushort value)
    {
        bool fits = MemoryMarshal.TryRead(source, out value);
        return fits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteUInt16LittleEndian(Span<byte> destination, ushort value) =>
        MemoryMarshal.Write(destination, value);

    public static bool TryWriteUInt16LittleEndian(Span<byte> destination, ushort value)
    {
        if (destination.Length < sizeof(ushort)) return false;
        WriteUInt16LittleEndian(destination, value);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ReadInt32LittleEndian(ReadOnlySpan<byte> source) => MemoryMarshal.Read<int>(source);

    public static bool TryReadInt32LittleEndian(ReadOnlySpan<byte> source, out int value)
    {
        bool fits = MemoryMarshal.TryRead(source, out value);
        return fits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteInt32LittleEndian(Span<byte> destination, int value) =>
        MemoryMarshal.Write(destination, value);

    public static bool TryWriteInt32LittleEndian(Span<byte> destination, int value)
    {
        if (destination.Length < sizeof(int)) return false;
        WriteInt32LittleEndian(destination, value);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint ReadUInt32LittleEndian(ReadOnlySpan<byte> source) => MemoryMarshal.Read<uint>(source);

    public static bool TryReadUInt32LittleEndian(ReadOnlySpan<byte> source, out uint value)
    {
        bool fits = MemoryMarshal.TryRead(source, out value);
        return fits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteUInt32LittleEndian(Span<byte> destination, uint value) =>
        MemoryMarshal.Write(destination, value);

    public static bool TryWriteUInt32LittleEndian(Span<byte> destination, uint value)
    {
        if (destination.Length < sizeof(uint)) return false;
        WriteUInt32LittleEndian(destination, value);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long ReadInt64LittleEndian(ReadOnlySpan<byte> source) => MemoryMarshal.Read<long>(source);

    public static bool TryReadInt64LittleEndian(ReadOnlySpan<byte> source, out long value)
    {
        bool fits = MemoryMarshal.TryRead(source, out value);
        return fits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteInt64LittleEndian(Span<byte> destination, long value) =>
        MemoryMarshal.Write(destination, value);

    public static bool TryWriteInt64LittleEndian(Span<byte> destination, long value)
    {
        if (destination.Length < sizeof(long)) return false;
        WriteInt64LittleEndian(destination, value);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ReadUInt64LittleEndian(ReadOnlySpan<byte> source) => MemoryMarshal.Read<ulong>(source);

    public static bool TryReadUInt64LittleEndian(ReadOnlySpan<byte> source, out ulong value)
    {
        bool fits = MemoryMarshal.TryRead(source, out value);
        return fits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteUInt64LittleEndian(Span<byte> destination, ulong value) =>
        MemoryMarshal.Write(destination, value);

    public static bool TryWriteUInt64LittleEndian(Span<byte> destination, ulong value)
    {
        if (destination.Length < sizeof(ulong)) return false;
        WriteUInt64LittleEndian(destination, value);
        return true;
    }
}
