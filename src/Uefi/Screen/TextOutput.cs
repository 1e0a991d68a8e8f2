using System;
using Bootlace.Uefi.Raw;

namespace Bootlace.Uefi;

/// <summary>One text screen of the firmware, or all of them at once. Output is ASCII in whole pieces, since one call
/// per character is slow on OVMF; escape sequences never reach it (EDK2 shows them as '?').</summary>
internal sealed unsafe class TextOutput
{
    private const int PieceChars = 512;
    private const int ColumnsDefault = 80, RowsDefault = 25;
    private const int ColumnsMax = 512, RowsMax = 256;
    private const int LightGray = 7, Black = 0, BrightBit = 8;

    private readonly SimpleTextOutput* _output;
    private readonly char[] _piece = new char[PieceChars];

    /// <summary>Asks for its size.</summary>
    /// <param name="output">Null: there is none, and nothing is shown.</param>
    public TextOutput(SimpleTextOutput* output)
    {
        _output = output;
        if (_output == null || _output->Mode == null) return;
        nuint columns = 0, rows = 0;
        Status status = _output->QueryMode(_output, (nuint)_output->Mode->Mode, &columns, &rows);
        if (status.IsError || columns == 0 || rows == 0) return;
        Columns = (int)Math.Min((ulong)columns, ColumnsMax);
        Rows = (int)Math.Min((ulong)rows, RowsMax);
    }

    public int Columns { get; } = ColumnsDefault;

    public int Rows { get; } = RowsDefault;

    public (int Column, int Row) Cursor => _output == null || _output->Mode == null ? default
        : (Math.Clamp(_output->Mode->CursorColumn, 0, Columns - 1), Math.Clamp(_output->Mode->CursorRow, 0, Rows - 1));

    public void Write(ReadOnlySpan<char> text)
    {
        if (_output == null) return;
        int length = 0;
        foreach (char c in text)
        {
            if (length > PieceChars - 3)   // room for a carriage return, the character and the NUL
            {
                Flush(length);
                length = 0;
            }
            if (c == '\n') _piece[length++] = '\r';   // EDK2 adds none itself
            _piece[length++] = c is >= ' ' and < (char)0x7f or '\n' or '\r' or '\t' or '\b' ? c : '?';
        }
        Flush(length);
    }

    public void MoveTo(int column, int row)
    {
        if (_output == null) return;
        column = Math.Clamp(column, 0, Columns - 1);
        row = Math.Clamp(row, 0, Rows - 1);
        _output->SetCursorPosition(_output, (nuint)column, (nuint)row);
    }

    public void SetColours(int foreground, int background, bool bright)
    {
        if (_output == null) return;
        int attribute = FromSgr(foreground, LightGray) | (bright ? BrightBit : 0) | FromSgr(background, Black) << 4;
        _output->SetAttribute(_output, (nuint)attribute);
    }

    public void Clear()
    {
        if (_output != null) _output->ClearScreen(_output);
    }

    public void ShowCursor(bool visible)
    {
        if (_output != null) _output->EnableCursor(_output, visible ? (byte)1 : (byte)0);
    }

    /// <summary>SGR counts red 1 and blue 4, the firmware the other way round (UEFI 2.10, 12.4.3).</summary>
    private static int FromSgr(int colour, int standard) =>
        colour is < 0 or > 7 ? standard : (colour & 2) | (colour & 1) << 2 | colour >> 2;

    private void Flush(int length)
    {
        if (length == 0) return;
        _piece[length] = '\0';
        fixed (char* piece = _piece) _output->OutputString(_output, piece);
    }
}
