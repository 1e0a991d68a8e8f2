using System;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>The screen and keyboard, whatever they are: an 80x25 text console, a serial line, a test.</summary>
public interface IConsole
{
    /// <summary>Width in characters.</summary>
    int Columns { get; }

    /// <summary>Height in lines.</summary>
    int Rows { get; }

    /// <summary>Where the next character goes, counted from 0. Of what others wrote before us U-Boot knows nothing: its
    /// row is right once the screen was cleared or has scrolled.</summary>
    (int Column, int Row) Cursor { get; }

    /// <summary>Writes text at the cursor. Lines end with \n alone; printable ASCII otherwise, other characters may
    /// show as
    /// '?'. Long text is written in one call: each call is slow on some firmware.</summary>
    void Write(ReadOnlySpan<char> text);

    /// <summary>Takes the next key, if one was typed.</summary>
    bool TryReadKey(out Key key);

    /// <summary>Moves the cursor; column and row count from 0.</summary>
    void MoveTo(int column, int row);

    /// <summary>Colours of what is written next.</summary>
    void SetColours(Colour foreground, Colour background, bool bright);

    /// <summary>Clears the screen with the current colours and homes the cursor.</summary>
    void Clear();

    /// <summary>Shows or hides the cursor.</summary>
    void ShowCursor(bool visible);
}
