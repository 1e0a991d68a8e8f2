using System.Linq;
using Bootlace.Boot;
using Bootlace.Script;
using Bootlace.Tests.Wire;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects how pictures are laid out on the screen (<c>console</c>, spec/ipxe-compat.md 2.3), and that
/// nothing of them is left behind.</summary>
public class DisplayTests
{
    private readonly FakeGraphics _graphics = new();
    private readonly FakeFirmware _firmware = new();
    private readonly Display _display;

    public DisplayTests() => _display = new Display(_graphics, _firmware);

    [Fact]
    public void ASmallPictureStandsInTheMiddleOnBlack()
    {
        Show(Picture(2, 2), new DisplayWishes(8, 6, 1, 2, 3, 4));
        uint[] shown = _graphics.Shown!;
        Assert.Equal([0x010105u, 0x010205, 0x020105, 0x020205], shown.Where(it => it != 0));
        Assert.Equal(0x010105u, shown[2 * 8 + 3]);
        Assert.Equal(0x020205u, shown[3 * 8 + 4]);
        Assert.Equal(new PictureMargins(1, 2, 3, 4), _graphics.Margins);
    }

    [Fact]
    public void ALargePictureIsCutOffOnAllSides()
    {
        Show(Picture(20, 10), new DisplayWishes(8, 6, 0, 0, 0, 0));
        Assert.Equal(0x030705u, _graphics.Shown![0]);
        Assert.Equal(0x080e05u, _graphics.Shown[^1]);
    }

    [Theory]
    [InlineData(4, 3, 8)]      // the present mode is large enough
    [InlineData(8, 6, 8)]
    public void WithoutASizeThePicturesIsAskedFor(int width, int height, int modeWidth)
    {
        Show(Picture(width, height), default);
        Assert.Equal(modeWidth, _graphics.ShownMode.Width);
    }

    [Fact]
    public void WithoutAPictureTheScreenIsBlack()
    {
        _display.ShowPicture(new DisplayWishes(8, 6, 0, 0, 0, 0), null);
        Assert.All(_graphics.Shown!, it => Assert.Equal(0u, it));
    }

    [Fact]
    public void WhatCanBeSeenThroughIsMixedWithBlack()
    {
        Show(new TestPng
        {
            Width = 1, Height = 1, ColourType = 6, Sample = (_, _, i) => i == 3 ? 51 : 250,
        }.ToFile(), new DisplayWishes(8, 6, 0, 0, 0, 0));
        Assert.Equal([0x323232u], _graphics.Shown!.Where(it => it != 0));
    }

    [Fact]
    public void APortableAnymapIsAPictureToo()
    {
        Show("P6 2 1 255\n\x01\x02\x03\x04\x05\x06"u8.ToArray(), new DisplayWishes(8, 6, 0, 0, 0, 0));
        Assert.Equal([0x010203u, 0x040506], _graphics.Shown!.Where(it => it != 0));
        Assert.Equal(0x2e090060u, Refuse("P6 2 1 255\n\x01\x02\x03\x04\x05"u8.ToArray()));
        Assert.Equal(0x2e090060u, Refuse("P3 2 1 255\n1 2 3 4 5"u8.ToArray()));
        _display.ShowText();
        Assert.Equal(0, _firmware.PagesHeldBytes);
    }

    [Fact]
    public void TextAloneGivesThePictureBack()
    {
        Show(Picture(2, 2), default);
        _display.ShowText();
        Assert.Null(_graphics.Shown);
        Assert.Equal(0, _firmware.PagesHeldBytes);
    }

    [Fact]
    public void WhatIsRefusedLeavesNothingBehind()
    {
        byte[] damaged = Picture(2, 2);
        damaged[^30] ^= 1;
        TestPng.RepairFile(damaged);
        Assert.Equal(0x2e090060u, Refuse("no picture"u8.ToArray()));
        Assert.Equal(0x2e090060u, Refuse(damaged));
        Assert.Equal(0x2e090060u, Refuse(Picture(2, 2)[..^5]));
        Assert.Equal(0x3cff0003u, Refuse(Picture(9, 2)));      // no such mode
        _graphics.ShowFails = new FailureKind(0x3cff0005, "No font", "get one");
        Assert.Equal(0x3cff0005u, Refuse(Picture(2, 2)));
        Assert.Equal(0, _firmware.PagesHeldBytes);
    }

    private static byte[] Picture(int width, int height) => new TestPng
    {
        Width = width, Height = height, Sample = (x, y, i) => i switch { 0 => y + 1, 1 => x + 1, _ => 5 },
    }.ToFile();

    private uint Refuse(byte[] file) => Assert.Throws<BootFailure>(() => Show(file, default)).Kind.Code;

    private void Show(byte[] file, DisplayWishes wishes)
    {
        using var content = new ImageContent(_firmware);
        content.Append(file);
        _display.ShowPicture(wishes, new Image("picture", null, content, ImageKind.Data));
    }
}
