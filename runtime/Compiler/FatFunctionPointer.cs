using System;

namespace Internal.Runtime;

/// <summary>A pointer to shared generic code together with its dictionary; marked by bit 1.</summary>
internal static unsafe class FatFunctionPointer
{
    private const nint Mark = 2;

    public static bool IsFat(nint pointer) => (pointer & Mark) != 0;

    public static bool SameTarget(nint left, nint right)
    {
        if (left == right) return true;
        if (!IsFat(left) || !IsFat(right)) return false;
        var first = (nint*)(left - Mark);
        var second = (nint*)(right - Mark);
        return first[0] == second[0] && *(nint*)first[1] == *(nint*)second[1];
    }
}
