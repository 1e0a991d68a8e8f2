namespace Bootlace.Wire;

/// <summary>Which pixels come together: all of them, or one of the seven parts of an interlaced picture (ISO/IEC 15948,
/// 8.2).</summary>
/// <param name="Column">Of the first pixel.</param>
/// <param name="Row">Of the first pixel.</param>
/// <param name="ColumnStep">To the next in a row.</param>
/// <param name="RowStep">To the next row.</param>
internal readonly record struct PngPass(int Column, int Row, int ColumnStep, int RowStep)
{
    public const int Interlaced = 7;

    /// <summary>How many pixels of a row of that width belong to it.</summary>
    public int Columns(int width) => width <= Column ? 0 : (width - Column - 1) / ColumnStep + 1;

    /// <summary>How many rows.</summary>
    public int Rows(int height) => height <= Row ? 0 : (height - Row - 1) / RowStep + 1;

    /// <summary>The pass of that number.</summary>
    public static PngPass Of(bool isInterlaced, int index) => !isInterlaced ? new PngPass(0, 0, 1, 1) : index switch
    {
        0 => new PngPass(0, 0, 8, 8),
        1 => new PngPass(4, 0, 8, 8),
        2 => new PngPass(0, 4, 4, 8),
        3 => new PngPass(2, 0, 4, 4),
        4 => new PngPass(0, 2, 2, 4),
        5 => new PngPass(1, 0, 2, 2),
        _ => new PngPass(0, 1, 1, 2),
    };
}
