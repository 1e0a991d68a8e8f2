using System.Text;
using Bootlace.Script;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>Paints what menus, forms and the settings editor have in common. Each stretch of a row is one write: writes
/// are slow on some firmware, and whoever writes into the last column makes the screen scroll.</summary>
internal sealed class ScreenPainter(IConsole console, ColourPairs colours)
{
    private const int Margin = 1, RowsForAll = 9, RowsForTitle = 3;

    /// <summary>A low screen has no room for blank rows, the lowest none for a title.</summary>
    private bool IsLow => console.Rows < RowsForAll;

    /// <summary>The first row below the title and a blank one.</summary>
    public int FirstRow => !IsLow ? 3 : console.Rows >= RowsForTitle ? 1 : 0;

    /// <summary>Rows between the title and the last two lines, which stay empty or hold a hint.</summary>
    public int Rows => int.Max(1, console.Rows - FirstRow - (IsLow ? 0 : 2));

    /// <summary>Where there is room for a note on the marked item; on a low screen it covers the title.</summary>
    public int NoteRow => IsLow ? 0 : console.Rows - 1;

    /// <summary>Characters from margin to margin.</summary>
    public int Width => int.Max(1, console.Columns - 2 * Margin);

    /// <summary>Clears the screen and paints the title.</summary>
    public void Begin(string title)
    {
        SetPair(ColourPairs.Normal);
        console.Clear();
        console.ShowCursor(false);
        string text = Fit(title, Width);
        if (FirstRow == 0 || console.Columns <= Margin) return;
        SetPair(ColourPairs.Normal, isBright: true);
        console.MoveTo(Margin + (Width - text.Length) / 2, IsLow ? 0 : 1);
        console.Write(text);
        SetPair(ColourPairs.Normal);
    }

    /// <summary>Paints a stretch of a row, with blanks behind the text.</summary>
    /// <param name="row">On the screen; nothing is painted below it.</param>
    /// <param name="column">From the left margin.</param>
    /// <param name="width">Of the stretch; what is longer is cut off.</param>
    /// <param name="text">What to paint.</param>
    /// <param name="pair">One of <see cref="ColourPairs"/>.</param>
    public void Paint(int row, int column, int width, string text, int pair)
    {
        width = int.Min(width, console.Columns - 1 - Margin - column);
        if (row >= console.Rows || width <= 0) return;
        SetPair(pair);
        console.MoveTo(Margin + column, row);
        console.Write(Fit(text, width).PadRight(width));
    }

    /// <summary>A hint near the bottom; on a low screen only what is wrong is said, where the notes are.</summary>
    public void PaintHint(string text, int pair = ColourPairs.Normal)
    {
        if (!IsLow) Paint(console.Rows - 2, 0, Width, text.PadLeft((Width + text.Length) / 2), pair);
        else if (pair == ColourPairs.Alert && FirstRow > 0) Paint(NoteRow, 0, Width, " " + text, pair);
    }

    /// <summary>What there is above the first row.</summary>
    public void PaintAbove(string text)
    {
        if (!IsLow) Paint(FirstRow - 1, 0, Width, text, ColourPairs.Normal);
    }

    /// <summary>A note on the marked item.</summary>
    public void PaintNote(string text)
    {
        if (FirstRow > 0) Paint(NoteRow, 0, Width, " " + text, ColourPairs.Normal);
    }

    /// <summary>Shows the cursor at a place of a row.</summary>
    public void PlaceCursor(int row, int column)
    {
        console.MoveTo(Margin + column, row);
        console.ShowCursor(true);
    }

    /// <summary>Hides it.</summary>
    public void HideCursor() => console.ShowCursor(false);

    /// <summary>Leaves an empty screen in its usual colours.</summary>
    public void End()
    {
        SetPair(ColourPairs.Default);
        console.Clear();
        console.ShowCursor(true);
    }

    private void SetPair(int pair, bool isBright = false)
    {
        (Colour foreground, Colour background) = colours.Look(pair);
        console.SetColours(foreground, background, isBright);
    }

    /// <summary>Cuts off what has no room. A control character would move the cursor.</summary>
    private static string Fit(string text, int width)
    {
        if (text.Length > width) text = text.Substring(0, width);
        int control = IndexOfControl(text);
        if (control < 0) return text;
        var shown = new StringBuilder(text);
        for (int i = control; i < shown.Length; i++)
        {
            if (IsControl(shown[i])) shown[i] = '?';
        }
        return shown.ToString();
    }

    private static int IndexOfControl(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (IsControl(text[i])) return i;
        }
        return -1;
    }

    private static bool IsControl(char c) => c is < ' ' or '\x7f';
}
