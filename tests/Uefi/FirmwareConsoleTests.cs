using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using Bootlace.Boot;
using Bootlace.Tests.Uefi.Fakes;
using Bootlace.Uefi;
using Bootlace.Uefi.Raw;
using Xunit;

namespace Bootlace.Tests.Uefi;

/// <summary>Protects the screen and the keyboard as EDK2 and U-Boot have them.</summary>
[Collection(FirmwareCollection.Name)]
public sealed unsafe class FirmwareConsoleTests : IDisposable
{
    private static readonly StringBuilder s_screen = new();
    private static readonly List<string> s_calls = [];
    private static readonly Queue<KeyData> s_keys = [];
    private FakeFirmware? _firmware;

    public FirmwareConsoleTests()
    {
        s_screen.Clear();
        s_calls.Clear();
        s_keys.Clear();
    }

    public void Dispose() => _firmware?.Dispose();

    [Fact]
    public void LinesEndWithACarriageReturnAndTextGoesOutInOnePiece()
    {
        FirmwareConsole console = New();
        s_calls.Clear();
        console.Write("one\ntwo\n");
        Assert.Equal("one\r\ntwo\r\n", s_screen.ToString());
        Assert.Equal(["text"], s_calls);
    }

    [Fact]
    public void LongTextLosesNothingAtItsSeams()
    {
        FirmwareConsole console = New();
        string text = new('x', 509);
        console.Write(text + "\n" + text + "\n" + text);
        Assert.Equal(text + "\r\n" + text + "\r\n" + text, s_screen.ToString());
    }

    [Fact]
    public void EscapesAndForeignCharactersNeverReachTheFirmware()
    {
        New().Write("\u001b[31mä€\u0000ok\n");
        Assert.Equal("?[31m???ok\r\n", s_screen.ToString());
    }

    [Fact]
    public void TheScreensSizeIsAsked()
    {
        FirmwareConsole console = New();
        Assert.Equal((100, 31), (console.Columns, console.Rows));
    }

    [Fact]
    public void ColoursAreTranslatedFromSgr()
    {
        FirmwareConsole console = New();
        s_calls.Clear();
        console.SetColours(1, 4, false);   // red on blue
        console.SetColours(3, 9, true);    // bright yellow on the standard background
        console.SetColours(9, 9, false);
        console.SetColours(7, 6, false);   // white on cyan
        Assert.Equal(["attribute 14", "attribute 0e", "attribute 07", "attribute 37"], s_calls);
    }

    [Fact]
    public void TheCursorStaysOnTheScreen()
    {
        FirmwareConsole console = New();
        s_calls.Clear();
        console.MoveTo(500, -3);
        Assert.Equal(["cursor 99,0"], s_calls);
    }

    [Theory]
    [InlineData(0, 0x03, 0u, 0x03)]              // EDK2's Ctrl-C
    [InlineData(0, 'c', 0x80000008u, 0x03)]      // U-Boot's
    [InlineData(0, 'b', 0x80000008u, 0x02)]
    [InlineData(0, 'C', 0x80000004u, 0x03)]
    [InlineData(0, 'c', 0x00000008u, 'c')]       // shift state not valid
    [InlineData(0, 'c', 0x80000000u, 'c')]
    [InlineData(0, 0x0d, 0u, 0x0d)]
    [InlineData(0, 0x08, 0u, 0x08)]
    [InlineData(0, 0x7f, 0u, 0x08)]
    [InlineData(0x01, 0, 0u, 0x110141)]
    [InlineData(0x02, 0, 0u, 0x110142)]
    [InlineData(0x03, 0, 0u, 0x110143)]
    [InlineData(0x04, 0, 0u, 0x110144)]
    [InlineData(0x05, 0, 0u, 0x110148)]
    [InlineData(0x06, 0, 0u, 0x110146)]
    [InlineData(0x07, 0, 0u, 0x11037e)]
    [InlineData(0x08, 0, 0u, 0x08)]              // EDK2 reports a terminal's backspace so
    [InlineData(0x09, 0, 0u, 0x11067e)]
    [InlineData(0x0a, 0, 0u, 0x11077e)]
    [InlineData(0x0b, 0, 0u, 0x110c7e)]          // F1: ESC [ 11 ~
    [InlineData(0x0f, 0, 0u, 0x11107e)]          // F5: ESC [ 15 ~
    [InlineData(0x10, 0, 0u, 0x11127e)]          // F6: ESC [ 17 ~
    [InlineData(0x14, 0, 0u, 0x11167e)]          // F10: ESC [ 21 ~
    [InlineData(0x15, 0, 0u, 0x11187e)]          // F11: ESC [ 23 ~
    [InlineData(0x16, 0, 0u, 0x11197e)]          // F12: ESC [ 24 ~
    [InlineData(0x17, 0, 0u, 0x1b)]
    public void KeysBecomeIpxesNumbers(int scanCode, int character, uint shift, int expected)
    {
        FirmwareConsole console = New();
        Press(scanCode, character, shift);
        Assert.True(console.TryReadKey(out Key key));
        Assert.Equal(expected, key.Code);
        Assert.False(console.TryReadKey(out _));
    }

    [Fact]
    public void OnUBootTheDeleteKeyIsTheDeleteKey()
    {
        FirmwareConsole console = New("Das U-Boot");
        Press(8, 0, 0);
        Assert.True(console.TryReadKey(out Key key));
        Assert.Equal(Key.Delete, key);
    }

    [Theory]
    [InlineData("EDK II", 'y', 0x80000000u, 'z')]    // a keyboard
    [InlineData("EDK II", '@', 0x80000002u, '"')]    // Shift-2 there
    [InlineData("EDK II", 'q', 0x80000010u, '@')]    // AltGr-Q
    [InlineData("EDK II", 'y', 0u, 'y')]             // a driver that knows no shift keys
    [InlineData("EDK II", 'c', 0x80000008u, 3)]      // Ctrl-C is that of the US keyboard
    [InlineData("EDK II", '\r', 0x80000000u, '\r')]
    [InlineData("Das U-Boot", 'y', 0x80000000u, 'y')]
    public void AKeymapIsForKeyboardsOnly(string vendor, char pressed, uint shift, int expected)
    {
        FirmwareConsole console = New(vendor);
        console.Keymap = Keymap.Find("de");
        Press(0, pressed, shift);
        Assert.True(console.TryReadKey(out Key key));
        Assert.Equal(expected, key.Code);
    }

    [Fact]
    public void AKeyThatMeansNothingIsPassedOver()
    {
        FirmwareConsole console = New();
        Press(0, 0, 0x80000008);
        Press(0x4711, 0, 0);
        Press(0, 'x', 0);
        Assert.True(console.TryReadKey(out Key key));
        Assert.Equal('x', key.Code);
    }

    [Fact]
    public void WithoutTheExProtocolThePlainOneIsRead()
    {
        FirmwareConsole console = New(hasEx: false);
        Press(0, 3, 0);
        Assert.True(console.TryReadKey(out Key key));
        Assert.Equal(Key.CtrlC, key);
    }

    [Fact]
    public void WhileAProgramHasTheKeyboardItsKeysAreLeftAlone()
    {
        FirmwareConsole console = New();
        Press(0, 'x', 0);
        console.IsLent = true;
        Assert.False(console.TryReadKey(out _));
        Assert.Single(s_keys);
        console.IsLent = false;
        Assert.True(console.TryReadKey(out _));
    }

    [Fact]
    public void AnEmptyKeyboardIsLookedAtOncePerMillisecond()
    {
        FirmwareConsole console = New();
        Assert.False(console.TryReadKey(out _));
        Press(0, 'x', 0);
        Assert.False(console.TryReadKey(out _));
        _firmware!.Cpu.Counter += 1_000;
        Press(0, 'y', 0);
        Assert.True(console.TryReadKey(out _));
        Assert.True(console.TryReadKey(out _));
    }

    private static void Press(int scanCode, int character, uint shift) => s_keys.Enqueue(new KeyData
    {
        Key = new InputKey { ScanCode = (ushort)scanCode, UnicodeChar = (ushort)character },
        KeyShiftState = shift,
    });

    private FirmwareConsole New(string vendor = "EDK II", bool hasEx = true)
    {
        _firmware = new FakeFirmware(vendor);
        SimpleTextOutput* output = _firmware.New<SimpleTextOutput>();
        output->Mode = _firmware.New<SimpleTextOutputMode>();
        output->Mode->Mode = 2;
        output->OutputString = &OnOutput;
        output->QueryMode = &OnQueryMode;
        output->SetAttribute = &OnSetAttribute;
        output->ClearScreen = &OnClear;
        output->SetCursorPosition = &OnSetCursor;
        output->EnableCursor = &OnEnableCursor;
        SimpleTextInput* input = _firmware.New<SimpleTextInput>();
        input->ReadKeyStroke = &OnReadKey;
        _firmware.Table->ConOut = output;
        _firmware.Table->ConIn = input;
        _firmware.Table->ConsoleInHandle = _firmware.NewHandle();
        if (hasEx)
        {
            SimpleTextInputEx* ex = _firmware.New<SimpleTextInputEx>();
            ex->ReadKeyStrokeEx = &OnReadKeyEx;
            _firmware.Install(_firmware.Table->ConsoleInHandle, Guids.SimpleTextInputEx, ex);
        }
        Services services = _firmware.NewServices();
        return new FirmwareConsole(services, new FirmwareClock(services, _firmware.Cpu));
    }

    [UnmanagedCallersOnly]
    private static nuint OnOutput(SimpleTextOutput* output, char* text)
    {
        s_calls.Add("text");
        s_screen.Append(Text.Read(text, 10_000));
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint OnQueryMode(SimpleTextOutput* output, nuint mode, nuint* columns, nuint* rows)
    {
        *columns = 100;
        *rows = 31;
        return mode == 2 ? 0 : Status.Unsupported.Value;
    }

    [UnmanagedCallersOnly]
    private static nuint OnSetAttribute(SimpleTextOutput* output, nuint attribute)
    {
        s_calls.Add($"attribute {(uint)attribute:x2}");
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint OnClear(SimpleTextOutput* output) => 0;

    [UnmanagedCallersOnly]
    private static nuint OnSetCursor(SimpleTextOutput* output, nuint column, nuint row)
    {
        s_calls.Add($"cursor {column},{row}");
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint OnEnableCursor(SimpleTextOutput* output, byte visible) => 0;

    [UnmanagedCallersOnly]
    private static nuint OnReadKey(SimpleTextInput* input, InputKey* key)
    {
        if (!s_keys.TryDequeue(out KeyData stroke)) return Status.NotReady.Value;
        *key = stroke.Key;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint OnReadKeyEx(SimpleTextInputEx* input, KeyData* key)
    {
        if (!s_keys.TryDequeue(out KeyData stroke)) return Status.NotReady.Value;
        *key = stroke;
        return 0;
    }
}
