using System.Runtime;

namespace System;

/// <summary>The C names of the block operations, for what a C compiler emits of its own accord.</summary>
internal static unsafe class BlockExports
{
    [RuntimeExport("memcpy")]
    private static void* Copy(void* target, void* source, nuint length) => Move(target, source, length);

    [RuntimeExport("memmove")]
    private static void* Move(void* target, void* source, nuint length)
    {
        SpanHelpers.Memmove(ref *(byte*)target, ref *(byte*)source, length);
        return target;
    }

    [RuntimeExport("memset")]
    private static void* Set(void* target, int value, nuint length)
    {
        SpanHelpers.Fill(ref *(byte*)target, (byte)value, length);
        return target;
    }

    [RuntimeExport("memcmp")]
    private static int Compare(byte* left, byte* right, nuint length)
    {
        for (nuint i = 0; i < length; i++)
            if (left[i] != right[i]) return left[i] < right[i] ? -1 : 1;
        return 0;
    }
}
