using System;
using Bootlace.Boot;
using Bootlace.Net;
using Bootlace.Uefi.Raw;

namespace Bootlace.Uefi;

/// <summary>The firmware's text console. Output is ASCII in whole pieces, since one call per character is slow on OVMF;
/// escape sequences never reach it (EDK2 shows them as '?').</summary>
internal sealed unsafe class FirmwareConsole : IConsole
{
    private const int PieceChars = 512;
    private const int ColumnsDefault = 80, RowsDefault = 25;
    private const int ColumnsMax = 512, RowsMax = 256;
    private const int LightGray = 7, Black = 0, BrightBit = 8;

    /// <summary>The loop asks on every turn, and on U-Boot a look costs as much as a frame.</summary>
    private static readonly Duration s_lookPeriod = Duration.FromMilliseconds(1);

    private readonly FirmwareClock _clock;
    private readonly SimpleTextOutput* _output;
    private readonly SimpleTextInput* _input;
    private readonly SimpleTextInputEx* _inputEx;
    private readonly bool _isUBoot;
    private readonly char[] _piece = new char[PieceChars];
    private Instant _lookAgainAt;

    public FirmwareConsole(Services services, FirmwareClock clock)
    {
        _clock = clock;
        _output = services.Table->ConOut;
        _input = services.Table->ConIn;
        nint keyboard = services.Table->ConsoleInHandle;
        _inputEx = (SimpleTextInputEx*)services.TryGetProtocol(keyboard, Guids.SimpleTextInputEx);
        // A terminal's backspace key sends 0x7f, which EDK2 reports as the DELETE key and U-Boot as backspace.
        _isUBoot = services.IsUBoot;
        MeasureScreen();
        SetColours(9, 9, false);
        ShowCursor(true);   // OVMF enters us with the cursor hidden
    }

    /// <summary>How the keyboard's keys are read; null: as the firmware has them, those of a US keyboard.</summary>
    public Keymap? Keymap { get; set; }

    /// <summary>A program we have started uses it: keys are the program's.</summary>
    public bool IsLent { get; set; }

    public int Columns { get; private set; } = ColumnsDefault;

    public int Rows { get; private set; } = RowsDefault;

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

    public bool TryReadKey(out Key key)
    {
        key = default;
        Instant now = _clock.Now;
        if (IsLent || now < _lookAgainAt) return false;
        while (TryReadStroke(out KeyData stroke))
        {
            _clock.Activity++;
            if (TryTranslate(stroke, out key)) return true;   // a lone shift key is no key: look at the next
        }
        _lookAgainAt = now + s_lookPeriod;
        return false;
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

    private void MeasureScreen()
    {
        if (_output == null || _output->Mode == null) return;
        nuint columns = 0, rows = 0;
        Status status = _output->QueryMode(_output, (nuint)_output->Mode->Mode, &columns, &rows);
        if (status.IsError || columns == 0 || rows == 0) return;
        Columns = (int)Math.Min((ulong)columns, ColumnsMax);
        Rows = (int)Math.Min((ulong)rows, RowsMax);
    }

    private void Flush(int length)
    {
        if (length == 0) return;
        _piece[length] = '\0';
        fixed (char* piece = _piece) _output->OutputString(_output, piece);
    }

    private bool TryReadStroke(out KeyData stroke)
    {
        KeyData read = default;
        Status status = Status.NotReady;
        if (_inputEx != null) status = _inputEx->ReadKeyStrokeEx(_inputEx, &read);
        else if (_input != null) status = _input->ReadKeyStroke(_input, &read.Key);
        stroke = read;
        return status == Status.Success;
    }

    private bool TryTranslate(in KeyData stroke, out Key key)
    {
        int code = stroke.Key.UnicodeChar != 0
            ? FromCharacter(stroke.Key.UnicodeChar, stroke.KeyShiftState)
            : FromScanCode(stroke.Key.ScanCode);
        key = new Key(code);
        return code != 0;
    }

    /// <summary>Control characters arrive cooked from EDK2 (0x03) and as a letter with the control key from
    /// U-Boot.</summary>
    private int FromCharacter(ushort character, uint shift)
    {
        bool control = (shift & KeyShift.Valid) != 0 && (shift & (KeyShift.LeftControl | KeyShift.RightControl)) != 0;
        if (control && (character | 0x20) is >= 'a' and <= 'z') return character & 0x1f;
        if (character == 0x7f) return Key.Backspace.Code;
        // Only drivers of keyboards say which shift keys are held: what comes over a serial line is what it is. Not so
        // on U-Boot, which says it of serial lines too, and has maps of its own.
        bool isKeyboard = !_isUBoot && (shift & KeyShift.Valid) != 0;
        if (Keymap is null || !isKeyboard) return character;
        return Keymap.Translate((char)character, (shift & KeyShift.RightAlt) != 0);
    }

    private int FromScanCode(ushort scanCode) => scanCode switch
    {
        ScanCode.Up => Key.Up.Code,
        ScanCode.Down => Key.Down.Code,
        ScanCode.Right => Key.Right.Code,
        ScanCode.Left => Key.Left.Code,
        ScanCode.Home => Key.Home.Code,
        ScanCode.End => Key.End.Code,
        ScanCode.Insert => Key.Insert.Code,
        ScanCode.Delete => _isUBoot ? Key.Delete.Code : Key.Backspace.Code,
        ScanCode.PageUp => Key.PageUp.Code,
        ScanCode.PageDown => Key.PageDown.Code,
        ScanCode.Escape => Key.Escape.Code,
        >= ScanCode.F1 and <= ScanCode.F12 => FunctionKey(scanCode - ScanCode.F1 + 1),
        _ => 0,
    };

    /// <summary>F1 is ESC [ 11 ~; the sequence skips 16 and 22.</summary>
    private static int FunctionKey(int number)
    {
        int ansi = 10 + number + (number > 5 ? 1 : 0) + (number > 10 ? 1 : 0);
        return 0x110000 + (ansi + 1 << 8) + '~';
    }
}
