using System;
using System.Collections.Generic;
using Bootlace.Boot;
using Bootlace.Net;
using Bootlace.Uefi.Raw;
using Bootlace.Wire;

namespace Bootlace.Uefi;

/// <summary>The firmware's keyboard and its text screen: all that it has, or a picture with the text on it beside those
/// without pixels.</summary>
internal sealed unsafe class FirmwareConsole : IConsole
{
    /// <summary>The loop asks on every turn, and on U-Boot a look costs as much as a frame.</summary>
    private static readonly Duration s_lookPeriod = Duration.FromMilliseconds(1);

    private readonly FirmwareClock _clock;
    private readonly SimpleTextInput* _input;
    private readonly SimpleTextInputEx* _inputEx;
    private readonly bool _isUBoot;
    private readonly TextOutput _all;
    private readonly List<TextOutput> _texts;
    private GraphicsScreen? _graphics;
    private Instant _lookAgainAt;

    public FirmwareConsole(Services services, FirmwareClock clock)
    {
        _clock = clock;
        _all = new TextOutput(services.Table->ConOut);
        _texts = [_all];
        _input = services.Table->ConIn;
        nint keyboard = services.Table->ConsoleInHandle;
        _inputEx = (SimpleTextInputEx*)services.TryGetProtocol(keyboard, Guids.SimpleTextInputEx);
        // A terminal's backspace key sends 0x7f, which EDK2 reports as the DELETE key and U-Boot as backspace.
        _isUBoot = services.IsUBoot;
        SetColours(9, 9, false);
        ShowCursor(true);   // OVMF enters us with the cursor hidden
    }

    /// <summary>How the keyboard's keys are read; null: as the firmware has them, those of a US keyboard.</summary>
    public Keymap? Keymap { get; set; }

    /// <summary>A program we have started uses it: keys are the program's.</summary>
    public bool IsLent { get; set; }

    public int Columns => _graphics is null ? _all.Columns : _graphics.Columns;

    public int Rows => _graphics is null ? _all.Rows : _graphics.Rows;

    public (int Column, int Row) Cursor => _graphics is null ? _all.Cursor : _graphics.Cursor;

    /// <summary>From now on text goes onto a picture, and to these screens.</summary>
    public void Use(GraphicsScreen graphics, List<TextOutput> others)
    {
        _graphics = graphics;
        _texts.Clear();
        _texts.AddRange(others);
        Begin();
    }

    /// <summary>From now on it goes to all the firmware has.</summary>
    public void UseText()
    {
        _graphics = null;
        _texts.Clear();
        _texts.Add(_all);
        Begin();
    }

    public void Write(ReadOnlySpan<char> text)
    {
        foreach (TextOutput output in _texts) output.Write(text);
        _graphics?.Write(text);
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
        foreach (TextOutput output in _texts) output.MoveTo(column, row);
        _graphics?.MoveTo(column, row);
    }

    public void SetColours(Colour foreground, Colour background, bool bright)
    {
        foreach (TextOutput output in _texts) output.SetColours(foreground.Basic, background.Basic, bright);
        _graphics?.SetColours(foreground, background, bright);
    }

    public void Clear()
    {
        foreach (TextOutput output in _texts) output.Clear();
        _graphics?.Clear();
    }

    public void ShowCursor(bool visible)
    {
        foreach (TextOutput output in _texts) output.ShowCursor(visible);
        _graphics?.ShowCursor(visible);
    }

    private void Begin()
    {
        SetColours(9, 9, false);
        Clear();
        ShowCursor(true);
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
        // Drivers of keyboards say which shift keys are held. EDK2 says it of serial lines too, so that these are read
        // by the map as well; U-Boot has maps of its own.
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
