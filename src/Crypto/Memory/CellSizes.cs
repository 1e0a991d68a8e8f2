using System;

namespace Bootlace.Crypto;

/// <summary>The sizes of cell that small blocks are rounded up to.</summary>
internal static class CellSizes
{
    /// <summary>The largest cell; larger blocks are whole pages.</summary>
    public const int Max = 2048;

    /// <summary>What every size is a multiple of.</summary>
    public const int GrainBytes = 16;

    /// <summary>How many there are.</summary>
    public static int Count => Sizes.Length;

    private static ReadOnlySpan<ushort> Sizes =>
    [
        16, 32, 48, 64, 80, 96, 128, 160, 208, 256, 320, 400, 512, 672, 816, 1024, 1360, 2048,
    ];

    /// <summary>The smallest kind of cell that has room.</summary>
    public static int KindFor(int countBytes)
    {
        int low = 0, high = Sizes.Length - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Sizes[middle] < countBytes) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>The size of a kind.</summary>
    public static int BytesOf(int kind) => Sizes[kind];
}
