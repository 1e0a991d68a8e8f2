using System;

namespace Bootlace.Wire;

/// <summary>The filters that made a PNG picture's rows easier to compress (ISO/IEC 15948, 9).</summary>
internal static class PngFilter
{
    private const byte None = 0, Sub = 1, Up = 2, Average = 3, Paeth = 4;

    /// <summary>Undoes them in place; false: a row has one that does not exist.</summary>
    /// <param name="rows">Each with the byte of its filter in front.</param>
    /// <param name="rowBytes">With that byte.</param>
    /// <param name="step">How far back the pixel before has the same byte.</param>
    public static bool TryUndo(Span<byte> rows, int rowBytes, int step)
    {
        Span<byte> above = default;
        for (int at = 0; at < rows.Length; at += rowBytes)
        {
            Span<byte> row = rows.Slice(at + 1, rowBytes - 1);
            switch (rows[at])
            {
                case None: break;
                case Sub: UndoSub(row, step); break;
                case Up: UndoUp(row, above); break;
                case Average: UndoAverage(row, above, step); break;
                case Paeth: UndoPaeth(row, above, step); break;
                default: return false;
            }
            above = row;
        }
        return true;
    }

    private static void UndoSub(Span<byte> row, int step)
    {
        for (int i = step; i < row.Length; i++) row[i] += row[i - step];
    }

    private static void UndoUp(Span<byte> row, ReadOnlySpan<byte> above)
    {
        for (int i = 0; i < above.Length; i++) row[i] += above[i];
    }

    private static void UndoAverage(Span<byte> row, ReadOnlySpan<byte> above, int step)
    {
        for (int i = 0; i < row.Length; i++)
        {
            int left = i >= step ? row[i - step] : 0, up = above.Length > 0 ? above[i] : 0;
            row[i] += (byte)(left + up >> 1);
        }
    }

    private static void UndoPaeth(Span<byte> row, ReadOnlySpan<byte> above, int step)
    {
        for (int i = 0; i < row.Length; i++)
        {
            int left = i >= step ? row[i - step] : 0, up = above.Length > 0 ? above[i] : 0;
            int corner = i >= step && above.Length > 0 ? above[i - step] : 0;
            row[i] += (byte)Nearest(left, up, corner);
        }
    }

    /// <summary>The one of the three neighbors that is nearest to left + up - corner (9.4).</summary>
    private static int Nearest(int left, int up, int corner)
    {
        int toLeft = Math.Abs(up - corner), toUp = Math.Abs(left - corner), toCorner = Math.Abs(left + up - 2 * corner);
        if (toLeft <= toUp && toLeft <= toCorner) return left;
        return toUp <= toCorner ? up : corner;
    }
}
