using System;
using Bootlace.Script;

namespace Bootlace.Boot;

/// <summary>Paints what menus and forms have in common. Each stretch of a row is one write: writes are slow on some
/// firmware, and whoever writes into the last column makes the screen scroll.</summary>
internal sealed class ScreenPainter(IConsole console, ColourPairs colours)
{
    private const int TitleRow = 1, Margin = 1;

    /// <summary>The first row below the title and a blank one.</summary>
    public const int FirstRow = 3;

    /// <summary>Rows between the title and the last line, which stays empty or holds a hint.</summary>
    public int Rows => int.Max(1, console.Rows - FirstRow - 2);

    /// <summary>Characters from margin to margin.</summary>
    public int Width => int.Max(1, console.Columns - 2 * Margin);

    /// <summary>Clears the screen and paints the title.</summary>
    public void Begin(string title)
    {
        SetPair(ColourPairs.Normal);
        console.Clear();
        console.ShowCursor(false);
        string text = Fit(title, Width);
        SetPair(ColourPairs.Normal, isBright: true);
        console.MoveTo(Margin + (Width - text.Length) / 2, TitleRow);
        console.Write(text);
        SetPair(ColourPairs.Normal);
    }

    /// <summary>Paints a stretch of a row, with blanks behind the text.</summary>
    /// <param name="row">On the screen.</param>
    /// <param name="column">From the left margin.</param>
    /// <param name="width">Of the stretch; what is longer is cut off.</param>
    /// <param name="text">What to paint.</param>
    /// <param name="pair">One of <see cref="ColourPairs"/>.</param>
    public void Paint(int row, int column, int width, string text, int pair)
    {
        SetPair(pair);
        console.MoveTo(Margin + column, row);
        console.Write(Fit(text, width).PadRight(width));
    }

    /// <summary>A hint on the last line.</summary>
    public void PaintHint(string text) =>
        Paint(console.Rows - 2, 0, Width, text.PadLeft((Width + text.Length) / 2), ColourPairs.Normal);

    /// <summary>Shows the cursor at a place of a row.</summary>
    public void PlaceCursor(int row, int column)
    {
        console.MoveTo(Margin + column, row);
        console.ShowCursor(true);
    }

    /// <summary>Leaves an empty screen in its usual colours.</summary>
    public void End()
    {
        console.SetColours(9, 9, false);
        console.Clear();
        console.ShowCursor(true);
    }

    private void SetPair(int pair, bool isBright = false)
    {
        (int foreground, int background) = colours.Look(pair);
        console.SetColours(foreground, background, isBright);
    }

    private static string Fit(string text, int width) => text.Length <= width ? text : text.Substring(0, width);
}
