using System;
using System.Buffers;
using System.Runtime.InteropServices;
using Bootlace.Boot;
using Bootlace.Uefi.Raw;
using Bootlace.Wire;

namespace Bootlace.Uefi;

/// <summary>Text on a picture: cells of characters, drawn where they have changed. Where a cell has the usual
/// background, the picture is seen.</summary>
internal sealed unsafe class GraphicsScreen
{
    private const int Usual = 9, UsualFront = 7, Tab = 8;
    private const int CursorRows = 2;
    private const uint SeenThrough = 0xff00_0000;   // no pixel has it

    private readonly record struct Cell(char Character, bool HasCursor, uint Front, uint Back);

    private readonly GraphicsOutput* _graphics;
    private readonly Glyphs _glyphs;
    private readonly IMemoryOwner<byte> _picture;
    private readonly int _width, _left, _top;
    private readonly Cell[] _wanted, _shown;
    private readonly uint[] _strip;
    private Cell _pen;
    private bool _isCursorVisible = true;
    private int _column, _row;

    /// <summary>Paints the picture. The cells begin at <paramref name="left"/> and <paramref name="top"/>.</summary>
    public GraphicsScreen(
        GraphicsOutput* graphics, Glyphs glyphs, IMemoryOwner<byte> picture, GraphicsMode mode, int left, int top,
        int columns, int rows)
    {
        _graphics = graphics;
        (_glyphs, _picture, _width) = (glyphs, picture, mode.Width);
        (_left, _top, Columns, Rows) = (left, top, columns, rows);
        _wanted = new Cell[columns * rows];
        _shown = new Cell[columns * rows];
        _strip = new uint[columns * Glyphs.Width * Glyphs.Height];
        SetColours(Usual, Usual, bright: false);
        Array.Fill(_shown, _pen);
        Array.Fill(_wanted, _pen);
        fixed (uint* pixels = Pixels)
            graphics->Blt(
                graphics, pixels, BltOperation.BufferToVideo, 0, 0, 0, 0, (nuint)mode.Width, (nuint)mode.Height, 0);
    }

    public int Columns { get; }
    public int Rows { get; }
    public (int Column, int Row) Cursor => (_column, _row);

    private ReadOnlySpan<uint> Pixels => MemoryMarshal.Cast<byte, uint>((ReadOnlySpan<byte>)_picture.Memory.Span);

    public void Write(ReadOnlySpan<char> text)
    {
        TakeCursorAway();
        foreach (char c in text) Put(c);
        Draw();
    }

    public void MoveTo(int column, int row)
    {
        TakeCursorAway();
        (_column, _row) = (Math.Clamp(column, 0, Columns - 1), Math.Clamp(row, 0, Rows - 1));
        Draw();
    }

    public void SetColours(Colour foreground, Colour background, bool bright) =>
        _pen = new Cell(' ', false, Pixel(foreground, bright) ?? Pixel(UsualFront, bright) ?? 0,
            Pixel(background, isBright: false) ?? SeenThrough);

    public void Clear()
    {
        Array.Fill(_wanted, _pen);
        (_column, _row) = (0, 0);
        Draw();
    }

    public void ShowCursor(bool visible)
    {
        TakeCursorAway();
        _isCursorVisible = visible;
        Draw();
    }

    private void TakeCursorAway()
    {
        ref Cell cell = ref _wanted[_row * Columns + _column];
        cell = cell with { HasCursor = false };
    }

    private void Put(char c)
    {
        switch (c)
        {
            case '\n': (_column, _row) = (0, _row + 1); break;
            case '\r': _column = 0; break;
            case '\b': _column = Math.Max(0, _column - 1); break;
            case '\t': _column = Math.Min(Columns - 1, (_column / Tab + 1) * Tab); break;
            default:
                _wanted[_row * Columns + _column] = _pen with { Character = c is >= ' ' and <= '~' ? c : '?' };
                if (++_column == Columns) (_column, _row) = (0, _row + 1);
                break;
        }
        if (_row < Rows) return;
        _row = Rows - 1;
        Array.Copy(_wanted, Columns, _wanted, 0, _wanted.Length - Columns);
        _wanted.AsSpan(_wanted.Length - Columns).Fill(_pen);
    }

    /// <summary>Draws in each row from the first cell that has changed to the last one.</summary>
    private void Draw()
    {
        ref Cell cursor = ref _wanted[_row * Columns + _column];
        cursor = cursor with { HasCursor = _isCursorVisible };
        for (int row = 0; row < Rows; row++)
        {
            Span<Cell> wanted = _wanted.AsSpan(row * Columns, Columns), shown = _shown.AsSpan(row * Columns, Columns);
            int first = 0, end = Columns;
            while (first < end && wanted[first] == shown[first]) first++;
            while (end > first && wanted[end - 1] == shown[end - 1]) end--;
            if (first == end) continue;
            wanted[first..end].CopyTo(shown[first..end]);
            Draw(row, first, end);
        }
    }

    private void Draw(int row, int first, int end)
    {
        int width = (end - first) * Glyphs.Width, x = _left + first * Glyphs.Width, y = _top + row * Glyphs.Height;
        for (int i = 0; i < Glyphs.Height; i++)
            Pixels.Slice((y + i) * _width + x, width).CopyTo(_strip.AsSpan(i * width));
        for (int column = first; column < end; column++)
            Draw(_shown[row * Columns + column], (column - first) * Glyphs.Width, width);
        fixed (uint* strip = _strip)
            _graphics->Blt(
                _graphics, strip, BltOperation.BufferToVideo, 0, 0, (nuint)x, (nuint)y, (nuint)width,
                Glyphs.Height, 0);
    }

    private void Draw(Cell cell, int left, int width)
    {
        byte[] glyph = _glyphs.Of(cell.Character);
        for (int i = 0; i < Glyphs.Height; i++)
        {
            int bits = cell.HasCursor && i >= Glyphs.Height - CursorRows ? 0xff : glyph.Length > 0 ? glyph[i] : 0;
            for (int j = 0; j < Glyphs.Width; j++)
            {
                if ((bits << j & 0x80) != 0) _strip[i * width + left + j] = cell.Front;
                else if (cell.Back != SeenThrough) _strip[i * width + left + j] = cell.Back;
            }
        }
    }

    /// <summary>Red, green and blue are the bits 0, 1 and 2 of a basic colour, and the bytes 2, 1 and 0 of a pixel.
    /// Null: whatever is usual.</summary>
    private static uint? Pixel(Colour colour, bool isBright)
    {
        if (colour.Rgb is { } exact) return (uint)exact;
        if (colour.Basic is < 0 or > 7) return null;
        uint on = isBright ? 0xffu : 0xaa, off = isBright ? 0x55u : 0;
        return ((colour.Basic & 1) != 0 ? on : off) << 16 | ((colour.Basic & 2) != 0 ? on : off) << 8
            | ((colour.Basic & 4) != 0 ? on : off);
    }
}
