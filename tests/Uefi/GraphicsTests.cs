using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using Bootlace.Boot;
using Bootlace.Tests.Uefi.Fakes;
using Bootlace.Uefi;
using Bootlace.Uefi.Raw;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Uefi;

/// <summary>Protects text on a picture: which screen and mode are used, what is drawn, and what is put back.</summary>
[Collection(FirmwareCollection.Name)]
public sealed unsafe class GraphicsTests : IDisposable
{
    private const uint Grey = 0xaaaaaa, Blue = 0x0000aa;
    private static readonly (int Width, int Height)[] s_modes = [(640, 480), (96, 57), (100, 60), (1024, 768)];
    private static uint[] s_screen = [];
    private static uint s_mode;
    private static bool s_refusesMode;
    private static int s_picturesHeld;
    private static readonly List<string> s_serial = [];

    private readonly FakeFirmware _firmware = new();
    private readonly FirmwareConsole _console;
    private readonly FirmwareGraphics _graphics;

    public GraphicsTests()
    {
        (s_mode, s_refusesMode, s_picturesHeld) = (1, false, 0);
        s_serial.Clear();
        _firmware.Table->ConOut = NewText(200, isNamed: false, "all", hasPixels: false);
        NewText(200, isNamed: true, "all", hasPixels: true);
        _firmware.Table->ConIn = _firmware.New<SimpleTextInput>();
        _firmware.Table->ConIn->ReadKeyStroke = &OnReadKey;
        Services services = _firmware.NewServices();
        _console = new FirmwareConsole(services, new FirmwareClock(services, _firmware.Cpu));
        _graphics = new FirmwareGraphics(services, _console);
    }

    public void Dispose() => _firmware.Dispose();

    [Theory]
    [InlineData(0, 0, 1)]            // the present one
    [InlineData(90, 50, 1)]
    [InlineData(97, 1, 2)]
    [InlineData(1, 61, 0)]
    [InlineData(641, 1, 3)]
    public void TheSmallestModeThatIsLargeEnoughIsFound(int width, int height, uint mode)
    {
        AddScreen();
        Assert.Equal(mode, _graphics.Find(width, height).Number);
    }

    [Fact]
    public void WhatThereIsNotHasItsCode()
    {
        Assert.Equal(0x3c01000bu, Refuse(() => _graphics.Find(0, 0)));
        AddScreen();
        Assert.Equal(0x3c01000cu, Refuse(() => _graphics.Find(2000, 1)));
        Assert.Equal(0x3c01000du, Refuse(() => Show()));   // no font
        AddFont();
        Assert.Equal(0x3c01000cu, Refuse(() => Show(new PictureMargins(90, 0, 0, 0))));
        s_refusesMode = true;
        Assert.Equal(0x3c01000cu, Refuse(() => Show(default, mode: 2)));
        Assert.Empty(_firmware.Pools);
    }

    [Fact]
    public void LettersStandOnThePictureAndNothingElseChanges()
    {
        AddScreen();
        AddFont();
        Show();
        Assert.Equal((12, 3), (_console.Columns, _console.Rows));
        _console.ShowCursor(false);
        uint[] empty = [.. s_screen];
        Assert.Equal(Enumerable.Range(0, 96 * 57).Select(it => (uint)it), empty);
        _console.MoveTo(1, 1);
        _console.Write("A ");
        for (int i = 0; i < s_screen.Length; i++)
        {
            (int x, int y) = (i % 96 - 8, i / 96 - 19);   // the cell in the second row and column
            bool isLetter = x is >= 0 and < 8 && y is > 0 and < 19 && x == y % 8;
            Assert.Equal(isLetter ? Grey : (uint)i, s_screen[i]);
        }
    }

    [Fact]
    public void ABackgroundHidesThePictureAndTheCursorIsDrawn()
    {
        AddScreen();
        AddFont();
        Show();
        _console.SetColours(9, 4, false);
        _console.Write(" ");
        Assert.Equal(Blue, s_screen[0]);
        Assert.Equal(8u, s_screen[8]);
        Assert.Equal(Grey, s_screen[18 * 96 + 8]);           // below the next cell
        _console.Write("\b\b");
        Assert.Equal((0, 0), _console.Cursor);
        Assert.Equal((uint)(18 * 96 + 8), s_screen[18 * 96 + 8]);
        _console.ShowCursor(false);
        Assert.Equal(Blue, s_screen[18 * 96]);
    }

    [Fact]
    public void AColourMayBeExact()
    {
        AddScreen();
        AddFont();
        Show();
        _console.SetColours(new Colour(1, 0x123456), new Colour(4, 0x654321), bright: true);
        _console.Write("A");
        Assert.Equal(0x654321u, s_screen[0]);
        Assert.Equal(0x123456u, s_screen[96 + 1]);           // bright or not
        _console.SetColours(9, new Colour(9, 0x010203), bright: false);
        _console.Write("A");
        Assert.Equal(0x010203u, s_screen[8]);
    }

    [Fact]
    public void TextScrollsAndThePictureStays()
    {
        AddScreen();
        AddFont();
        Show();
        _console.ShowCursor(false);
        _console.Write("A\nA\nA");
        uint[] full = [.. s_screen];
        _console.Write("\n");
        Assert.Equal((0, 2), _console.Cursor);
        Assert.Equal(full[..(38 * 96)], s_screen[..(38 * 96)]);
        for (int i = 38 * 96; i < s_screen.Length; i++) Assert.Equal((uint)i, s_screen[i]);
        _console.Write("A\tA");
        Assert.Equal((9, 2), _console.Cursor);
        _console.Write("\t");
        Assert.Equal((11, 2), _console.Cursor);              // no tab goes on in the next row
        _console.MoveTo(9, 2);
        _console.Write("AAA");
        Assert.Equal((0, 2), _console.Cursor);               // went on in the next row
        _console.Clear();
        Assert.Equal(Enumerable.Range(0, 96 * 57).Select(it => (uint)it), s_screen);
    }

    [Fact]
    public void ASerialLineShowsTheSameAndAgreesOnTheSize()
    {
        AddScreen();
        AddFont();
        NewText(10, isNamed: true, "serial", hasPixels: false);
        Show();
        s_serial.Clear();
        Assert.Equal((10, 3), (_console.Columns, _console.Rows));
        _console.Write("hello");
        _console.MoveTo(4, 2);
        Assert.Equal(["serial: hello", "serial at 4,2"], s_serial);
    }

    [Fact]
    public void TextAloneGetsItsModeAndAllItsScreensBack()
    {
        AddScreen();
        AddFont();
        NewText(10, isNamed: true, "serial", hasPixels: false);
        s_serial.Clear();
        Show(default, mode: 2);
        Assert.Equal(2u, s_mode);
        Assert.Equal(["all cursor 0", "mode 2", "serial cursor 1"], s_serial);   // the firmware paints no more
        Show(default, mode: 2);                              // another picture
        Assert.Equal(1, s_picturesHeld);
        _graphics.Leave();
        Assert.Equal(0, s_picturesHeld);
        Assert.Equal(1u, s_mode);
        s_serial.Clear();
        _console.Write("text");
        Assert.Equal(["all: text"], s_serial);
        Assert.Equal(200, _console.Columns);
        _graphics.Leave();
        Assert.Single(s_serial);
    }

    private static uint Refuse(Action action) => Assert.Throws<BootFailure>(action).Kind.Code;

    private void Show(PictureMargins margins = default, uint mode = 1)
    {
        (int width, int height) = s_modes[mode];
        s_picturesHeld++;
        byte[] picture = new byte[width * height * 4];
        for (int i = 0; i < width * height; i++) BitConverter.TryWriteBytes(picture.AsSpan(i * 4), i);
        _graphics.Show(new GraphicsMode(mode, width, height), new Picture(picture), margins);
    }

    private void AddScreen()
    {
        nint handle = _firmware.NewHandle();
        GraphicsOutput* graphics = _firmware.New<GraphicsOutput>();
        graphics->Mode = _firmware.New<GraphicsOutputMode>();
        graphics->Mode->MaxMode = (uint)s_modes.Length;
        graphics->Mode->Mode = 1;
        graphics->QueryMode = &OnQueryMode;
        graphics->SetMode = &OnSetMode;
        graphics->Blt = &OnBlt;
        s_screen = new uint[96 * 57];
        _firmware.Install(handle, Guids.GraphicsOutput, graphics);
        _firmware.Install(handle, Guids.DevicePath, _firmware.NewBytes([0x7f, 0xff, 4, 0]));
        _firmware.Install(_firmware.NewHandle(), Guids.GraphicsOutput, null);   // the console splitter's
    }

    private void AddFont()
    {
        HiiFont* font = _firmware.New<HiiFont>();
        font->GetGlyph = &OnGetGlyph;
        _firmware.Install(_firmware.NewHandle(), Guids.HiiFont, font);
    }

    private SimpleTextOutput* NewText(int columns, bool isNamed, string name, bool hasPixels)
    {
        nint handle = _firmware.NewHandle();
        SimpleTextOutput* output = _firmware.New<SimpleTextOutput>();
        output->Mode = _firmware.New<SimpleTextOutputMode>();
        output->Mode->Mode = columns;
        output->Mode->MaxMode = name == "serial" ? 1 : 0;
        output->OutputString = &OnOutput;
        output->QueryMode = &OnQueryText;
        output->SetAttribute = &OnSetAttribute;
        output->ClearScreen = &OnClear;
        output->SetCursorPosition = &OnSetCursor;
        output->EnableCursor = &OnEnableCursor;
        _firmware.Install(handle, Guids.SimpleTextOutput, output);
        if (isNamed) _firmware.Install(handle, Guids.DevicePath, _firmware.NewBytes([0x7f, 0xff, 4, 0]));
        if (hasPixels) _firmware.Install(handle, Guids.GraphicsOutput, _firmware.New<GraphicsOutput>());
        return output;
    }

    private static string NameOf(SimpleTextOutput* output) => output->Mode->MaxMode == 1 ? "serial" : "all";

    private sealed class Picture(byte[] bytes) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory => bytes;

        public void Dispose() => s_picturesHeld--;
    }

    [UnmanagedCallersOnly]
    private static nuint OnQueryMode(
        GraphicsOutput* graphics, uint number, nuint* size, GraphicsModeInformation** information)
    {
        *information = (GraphicsModeInformation*)FakeFirmware.Current.NewPool((nuint)sizeof(GraphicsModeInformation));
        (*information)->HorizontalResolution = (uint)s_modes[number].Width;
        (*information)->VerticalResolution = (uint)s_modes[number].Height;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint OnSetMode(GraphicsOutput* graphics, uint number)
    {
        if (s_refusesMode) return Status.DeviceError.Value;
        s_serial.Add($"mode {number}");
        s_mode = graphics->Mode->Mode = number;
        s_screen = new uint[s_modes[number].Width * s_modes[number].Height];
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint OnBlt(
        GraphicsOutput* graphics, uint* buffer, int operation, nuint fromX, nuint fromY, nuint x, nuint y, nuint width,
        nuint height, nuint delta)
    {
        Assert.Equal((2, 0u, 0u, 0u), (operation, (uint)fromX, (uint)fromY, (uint)delta));
        int screenWidth = s_modes[s_mode].Width;
        for (int row = 0; row < (int)height; row++)
            new Span<uint>(buffer + row * (int)width, (int)width)
                .CopyTo(s_screen.AsSpan(((int)y + row) * screenWidth + (int)x));
        return 0;
    }

    /// <summary>Every letter is a diagonal.</summary>
    [UnmanagedCallersOnly]
    private static nuint OnGetGlyph(
        HiiFont* font, ushort character, void* wishes, ImageOutput** image, nuint* baseline)
    {
        if (wishes != null) return Status.NotFound.Value;   // as EDK2: it has simple fonts alone
        *image = (ImageOutput*)FakeFirmware.Current.NewPool((nuint)sizeof(ImageOutput));
        (*image)->Width = 8;
        (*image)->Height = 19;
        (*image)->Bitmap = (uint*)FakeFirmware.Current.NewPool(8 * 19 * 4);
        for (int i = 0; i < 8 * 19; i++) (*image)->Bitmap[i] = i >= 8 && i % 8 == i / 8 % 8 ? 0x989898u : 0x98u;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint OnOutput(SimpleTextOutput* output, char* text)
    {
        s_serial.Add($"{NameOf(output)}: {Text.Read(text, 1000)}");
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint OnQueryText(SimpleTextOutput* output, nuint mode, nuint* columns, nuint* rows)
    {
        (*columns, *rows) = (mode, 50);
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint OnSetCursor(SimpleTextOutput* output, nuint column, nuint row)
    {
        s_serial.Add($"{NameOf(output)} at {column},{row}");
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint OnSetAttribute(SimpleTextOutput* output, nuint attribute) => 0;

    [UnmanagedCallersOnly]
    private static nuint OnClear(SimpleTextOutput* output) => 0;

    [UnmanagedCallersOnly]
    private static nuint OnEnableCursor(SimpleTextOutput* output, byte visible)
    {
        s_serial.Add($"{NameOf(output)} cursor {visible}");
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint OnReadKey(SimpleTextInput* input, InputKey* key) => Status.NotReady.Value;
}
