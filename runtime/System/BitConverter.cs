using System.Runtime.CompilerServices;

namespace System;

/// <summary>Values as bytes in the machine's order, and floating point numbers as their bits.</summary>
public static class BitConverter
{
    public static readonly bool IsLittleEndian = true;

    public static long DoubleToInt64Bits(double value) => Unsafe.BitCast<double, long>(value);

    public static double Int64BitsToDouble(long value) => Unsafe.BitCast<long, double>(value);

    public static int SingleToInt32Bits(float value) => Unsafe.BitCast<float, int>(value);

    public static float Int32BitsToSingle(int value) => Unsafe.BitCast<int, float>(value);

    public static byte[] GetBytes(ushort value) => Bytes(value);

    public static byte[] GetBytes(uint value) => Bytes(value);

    public static byte[] GetBytes(ulong value) => Bytes(value);

    public static byte[] GetBytes(short value) => Bytes(value);

    public static byte[] GetBytes(int value) => Bytes(value);

    public static byte[] GetBytes(long value) => Bytes(value);

    public static ushort ToUInt16(ReadOnlySpan<byte> value) =>
        Runtime.InteropServices.MemoryMarshal.Read<ushort>(value);

    public static uint ToUInt32(ReadOnlySpan<byte> value) => Runtime.InteropServices.MemoryMarshal.Read<uint>(value);

    public static ulong ToUInt64(ReadOnlySpan<byte> value) => Runtime.InteropServices.MemoryMarshal.Read<ulong>(value);

    private static byte[] Bytes<T>(T value) where T : struct
    {
        var bytes = new byte[Unsafe.SizeOf<T>()];
        Unsafe.WriteUnaligned(ref bytes[0], value);
        return bytes;
    }
}
