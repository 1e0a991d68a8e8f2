using System.Runtime.CompilerServices;

namespace System;

internal static unsafe partial class SpanHelpers
{
    internal static bool SequenceEqual(ref byte first, ref byte second, nuint length)
    {
        nuint at = 0;
        while (length - at >= 8)
        {
            ulong left = Unsafe.ReadUnaligned<ulong>(ref Unsafe.AddByteOffset(ref first, at));
            if (left != Unsafe.ReadUnaligned<ulong>(ref Unsafe.AddByteOffset(ref second, at))) return false;
            at += 8;
        }
        for (; at < length; at++)
            if (Unsafe.AddByteOffset(ref first, at) != Unsafe.AddByteOffset(ref second, at)) return false;
        return true;
    }

    /// <summary>Copies blocks that may overlap.</summary>
    internal static void Memmove(ref byte target, ref byte source, nuint length)
    {
        if ((nuint)Unsafe.ByteOffset(ref source, ref target) < length) CopyDown(ref target, ref source, length);
        else CopyUp(ref target, ref source, length);
    }

    private static void CopyUp(ref byte target, ref byte source, nuint length)
    {
        nuint at = 0;
        while (length - at >= 32)
        {
            ulong a = Unsafe.ReadUnaligned<ulong>(ref Unsafe.AddByteOffset(ref source, at));
            ulong b = Unsafe.ReadUnaligned<ulong>(ref Unsafe.AddByteOffset(ref source, at + 8));
            ulong c = Unsafe.ReadUnaligned<ulong>(ref Unsafe.AddByteOffset(ref source, at + 16));
            ulong d = Unsafe.ReadUnaligned<ulong>(ref Unsafe.AddByteOffset(ref source, at + 24));
            Unsafe.WriteUnaligned(ref Unsafe.AddByteOffset(ref target, at), a);
            Unsafe.WriteUnaligned(ref Unsafe.AddByteOffset(ref target, at + 8), b);
            Unsafe.WriteUnaligned(ref Unsafe.AddByteOffset(ref target, at + 16), c);
            Unsafe.WriteUnaligned(ref Unsafe.AddByteOffset(ref target, at + 24), d);
            at += 32;
        }
        for (; length - at >= 8; at += 8)
            Unsafe.WriteUnaligned(ref Unsafe.AddByteOffset(ref target, at),
                Unsafe.ReadUnaligned<ulong>(ref Unsafe.AddByteOffset(ref source, at)));
        for (; at < length; at++) Unsafe.AddByteOffset(ref target, at) = Unsafe.AddByteOffset(ref source, at);
    }

    private static void CopyDown(ref byte target, ref byte source, nuint length)
    {
        for (; length >= 8; length -= 8)
            Unsafe.WriteUnaligned(ref Unsafe.AddByteOffset(ref target, length - 8),
                Unsafe.ReadUnaligned<ulong>(ref Unsafe.AddByteOffset(ref source, length - 8)));
        for (; length > 0; length--) Unsafe.AddByteOffset(ref target, length - 1) = Unsafe.AddByteOffset(ref source,
            length - 1);
    }

    internal static void Fill(ref byte target, byte value, nuint length)
    {
        ulong pattern = value * 0x0101_0101_0101_0101ul;
        nuint at = 0;
        while (length - at >= 32)
        {
            Unsafe.WriteUnaligned(ref Unsafe.AddByteOffset(ref target, at), pattern);
            Unsafe.WriteUnaligned(ref Unsafe.AddByteOffset(ref target, at + 8), pattern);
            Unsafe.WriteUnaligned(ref Unsafe.AddByteOffset(ref target, at + 16), pattern);
            Unsafe.WriteUnaligned(ref Unsafe.AddByteOffset(ref target, at + 24), pattern);
            at += 32;
        }
        for (; length - at >= 8; at += 8) Unsafe.WriteUnaligned(ref Unsafe.AddByteOffset(ref target, at), pattern);
        for (; at < length; at++) Unsafe.AddByteOffset(ref target, at) = value;
    }

    internal static void ClearWithoutReferences(ref byte target, nuint length) => Fill(ref target, 0, length);
}
