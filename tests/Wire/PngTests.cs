using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Bootlace.Harness;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Wire;

/// <summary>Protects the reader of pictures, which come from the network: every kind of PNG, and every way to be
/// wrong.</summary>
public class PngTests
{
    /// <summary>Written out by hand from the standard: 2x2, 8-bit colour, red green / blue white.</summary>
    private static readonly byte[] Golden =
    [
        0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a,
        0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R', 0, 0, 0, 2, 0, 0, 0, 2, 8, 2, 0, 0, 0,
        0xfd, 0xd4, 0x9a, 0x73,                                        // its checksum
        0, 0, 0, 25, (byte)'I', (byte)'D', (byte)'A', (byte)'T',
        0x78, 0x01, 0x01, 14, 0, 0xf1, 0xff,                           // zlib, one stored block of 14 bytes
        0, 255, 0, 0, 0, 255, 0,                                       // no filter: red, green
        0, 0, 0, 255, 255, 255, 255,                                   // blue, white
        0x1f, 0xee, 0x05, 0xfb,                                        // Adler-32
        0, 0, 0, 0,                                                    // checksum, set below
        0, 0, 0, 0, (byte)'I', (byte)'E', (byte)'N', (byte)'D', 0xae, 0x42, 0x60, 0x82,
    ];

    static PngTests() => TestPng.RepairFile(Golden);

    [Fact]
    public void AFileWrittenByHandIsRead()
    {
        Assert.Equal([0xfd, 0xd4, 0x9a, 0x73], Golden[29..33]);   // known checksums, not ours
        Assert.Equal([0xae, 0x42, 0x60, 0x82], Golden[^4..]);
        Assert.Equal([0xffff0000, 0xff00ff00, 0xff0000ff, 0xffffffff], Decode(Golden));
    }

    public static TheoryData<int, int> Kinds => new()
    {
        { 0, 1 }, { 0, 2 }, { 0, 4 }, { 0, 8 }, { 0, 16 }, { 2, 8 }, { 2, 16 }, { 3, 1 }, { 3, 2 }, { 3, 4 }, { 3, 8 },
        { 4, 8 }, { 4, 16 }, { 6, 8 }, { 6, 16 },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EveryKindIsRead(int colourType, int depth)
    {
        int entries = 1 << int.Min(depth, 8);
        byte[] palette = [.. Enumerable.Range(0, entries * 3).Select(it => (byte)(it * 7))];
        foreach (bool isInterlaced in (bool[])[false, true])
            foreach ((int width, int height) in ((int, int)[])[(1, 1), (5, 3), (8, 8), (13, 9), (3, 40)])
            {
                var random = new Random(width * height + depth);
                int[] samples = [.. Enumerable.Range(0, width * height * 4).Select(_ => random.Next(1 << depth))];
                var png = new TestPng
                {
                    Width = width,
                    Height = height,
                    ColourType = colourType,
                    Depth = depth,
                    IsInterlaced = isInterlaced,
                    Filters = [0, 4, 1, 3, 2],
                    DataMax = 11,
                    Palette = colourType == 3 ? palette : [],
                    Transparency = colourType == 3 ? [5] : [],
                    Sample = (x, y, i) => samples[(y * width + x) * 4 + i],
                };
                uint[] expected = new uint[width * height];
                for (int i = 0; i < expected.Length; i++)
                    expected[i] = Pixel(colourType, depth, samples.AsSpan(i * 4, 4), palette);
                Assert.Equal(expected, Decode(png.ToFile()));
            }
    }

    [Fact]
    public void OneColourMayStandForNothing()
    {
        Assert.Equal([0xff000000, 0x00ffffff], Decode(new TestPng
        {
            Width = 2, Height = 1, ColourType = 0, Depth = 1, Transparency = [0, 1], Sample = (x, _, _) => x,
        }.ToFile()));
        Assert.Equal([0x00010203, 0xff020203], Decode(new TestPng
        {
            Width = 2, Height = 1, Transparency = [0, 1, 0, 2, 0, 3], Sample = (x, _, i) => i + 1 + (i == 0 ? x : 0),
        }.ToFile()));
    }

    [Fact]
    public void APictureOfAnotherWriterIsRead()
    {
        byte[] file = File.ReadAllBytes(Path.Combine(Repository.Root, "docs", "menu.png"));
        uint[] pixels = Decode(file);
        Assert.True(PngView.TryRead(file, out PngView view, out _));
        Assert.Equal(view.Width * view.Height, pixels.Length);
        Assert.Equal(0xff000098, pixels[0]);   // the blue that menus stand on
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(16385, 1)]
    [InlineData(16384, 16384)]
    [InlineData(4097, 4097)]
    [InlineData(65536, 65536)]             // 2^32 pixels: 0 in 32 bits
    [InlineData(-1, -1)]
    [InlineData(0x20000001, 8)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void X5_WidthTimesHeightCannotOverflow(int width, int height)
    {
        byte[] header = new TestPng { Width = width, Height = height, Sample = (_, _, _) => 0 }.Header;
        Assert.Equal(ParseError.TooMany, Refuse(File_(header)));
    }

    [Theory]
    [InlineData(8, 3)]                     // depth
    [InlineData(8, 0)]
    [InlineData(9, 1)]                     // colour type
    [InlineData(9, 5)]
    [InlineData(9, 7)]
    [InlineData(10, 1)]                    // compression
    [InlineData(11, 1)]                    // filter
    [InlineData(12, 2)]                    // interlace
    public void X5_AnUnknownKindIsRefused(int at, byte value)
    {
        byte[] header = new TestPng { Width = 1, Height = 1, Sample = (_, _, _) => 0 }.Header;
        header[at] = value;
        Assert.Equal(ParseError.BadKind, Refuse(File_(header)));
    }

    [Fact]
    public void X5_ChunksInTheWrongPlaceAreRefused()
    {
        var png = new TestPng { Width = 1, Height = 1, Sample = (_, _, _) => 0 };
        byte[] header = TestPng.Chunk("IHDR", png.Header), data = TestPng.Chunk("IDAT", TestPng.Compress(png.Rows())),
            palette = TestPng.Chunk("PLTE", [1, 2, 3]), end = TestPng.Chunk("IEND", []),
            text = TestPng.Chunk("tEXt", [1]);
        byte[] colour = [.. TestPng.Signature, .. header];
        byte[] indexed =
        [
            .. TestPng.Signature,
            .. TestPng.Chunk("IHDR", new TestPng
            {
                Width = 1, Height = 1, ColourType = 3, Sample = (_, _, _) => 0,
            }.Header),
        ];
        Assert.Equal([0xff000000], Decode([.. colour, .. text, .. palette, .. data, .. text, .. end]));
        Assert.Equal(ParseError.BadOption, Refuse([.. colour, .. end]));
        Assert.Equal(ParseError.BadOption, Refuse([.. colour, .. data, .. text, .. data, .. end]));
        Assert.Equal(ParseError.BadOption, Refuse([.. colour, .. data, .. palette, .. end]));
        Assert.Equal(ParseError.BadOption, Refuse([.. colour, .. palette, .. palette, .. data, .. end]));
        Assert.Equal(ParseError.BadOption, Refuse([.. colour, .. header, .. data, .. end]));
        Assert.Equal(ParseError.BadOption, Refuse([.. colour, .. TestPng.Chunk("MuST", []), .. data, .. end]));
        Assert.Equal(ParseError.BadOption, Refuse([.. colour, .. TestPng.Chunk("PLTE", [1, 2]), .. data, .. end]));
        Assert.Equal(ParseError.BadOption, Refuse([.. colour, .. TestPng.Chunk("tRNS", [1, 2]), .. data, .. end]));
        Assert.Equal(ParseError.BadOption, Refuse([.. colour, .. data, .. TestPng.Chunk("IEND", [1])]));
        Assert.Equal(ParseError.BadOption, Refuse([.. indexed, .. data, .. end]));
        Assert.Equal(ParseError.BadOption,
            Refuse([.. indexed, .. palette, .. TestPng.Chunk("tRNS", [1, 2]), .. data, .. end]));
        Assert.Equal(ParseError.BadOption,
            Refuse([.. indexed, .. TestPng.Chunk("PLTE", new byte[257 * 3]), .. data, .. end]));
        Assert.Equal(ParseError.BadKind, Refuse([.. TestPng.Signature, .. data, .. end]));
        Assert.Equal(ParseError.TooShort, Refuse([.. colour, .. data]));
    }

    [Fact]
    public void X5_RowsThatAreTooManyTooFewOrBadlyFilteredAreRefused()
    {
        var png = new TestPng { Width = 3, Height = 2, Sample = (_, _, _) => 9 };
        byte[] rows = png.Rows();
        Assert.Equal(ParseError.None, RefuseRows(png, rows));
        Assert.Equal(ParseError.BadLength, RefuseRows(png, rows[..^1]));
        Assert.Equal(ParseError.BadLength, RefuseRows(png, [.. rows, 0]));
        Assert.NotEqual(ParseError.None, RefuseRows(png, new byte[1_000_000]));
        rows[^10] = 5;
        Assert.Equal(ParseError.BadCode, RefuseRows(png, rows));
    }

    [Fact]
    public void AnIndexThatThePaletteDoesNotHaveIsBlack() => Assert.Equal([0xff000000], Decode(new TestPng
    {
        Width = 1, Height = 1, ColourType = 3, Palette = [1, 2, 3], Sample = (_, _, _) => 200,
    }.ToFile()));

    [Fact]
    public void EveryTruncationIsRefused()
    {
        for (int i = 0; i < Golden.Length; i++) Assert.NotEqual(ParseError.None, Refuse(Golden[..i]));
    }

    [Fact]
    public void EveryBitFlipIsRefused()
    {
        for (int i = 0; i < Golden.Length * 8; i++)
        {
            byte[] file = [.. Golden];
            file[i / 8] ^= (byte)(1 << i % 8);
            Assert.NotEqual(ParseError.None, Refuse(file));
        }
    }

    private static byte[] File_(byte[] header) => [.. TestPng.Signature, .. TestPng.Chunk("IHDR", header)];

    private static uint[] Decode(byte[] file)
    {
        Assert.True(PngView.TryRead(file, out PngView view, out ParseError error), error.ToString());
        uint[] pixels = new uint[view.Width * view.Height];
        bool isRead = view.TryDecode(new byte[view.DataBytesMax], new byte[view.RawBytes], pixels, out error);
        Assert.True(isRead, error.ToString());
        return pixels;
    }

    private static ParseError Refuse(byte[] file)
    {
        if (!PngView.TryRead(file, out PngView view, out ParseError error)) return error;
        uint[] pixels = new uint[view.Width * view.Height];
        view.TryDecode(new byte[view.DataBytesMax], new byte[view.RawBytes], pixels, out error);
        return error;
    }

    private static ParseError RefuseRows(TestPng png, byte[] rows) => Refuse(
    [
        .. TestPng.Signature, .. TestPng.Chunk("IHDR", png.Header), .. TestPng.Chunk("IDAT", TestPng.Compress(rows)),
        .. TestPng.Chunk("IEND", []),
    ]);

    private static uint Pixel(int colourType, int depth, ReadOnlySpan<int> samples, byte[] palette)
    {
        var bytes = new List<uint>();
        foreach (int sample in samples)
            bytes.Add((uint)(depth == 16 ? sample >> 8 : sample * 255 / ((1 << depth) - 1)));
        int index = samples[0] * 3;
        return colourType switch
        {
            0 => Of(bytes[0], bytes[0], bytes[0], 255),
            2 => Of(bytes[0], bytes[1], bytes[2], 255),
            3 => Of(palette[index], palette[index + 1], palette[index + 2], samples[0] == 0 ? 5u : 255),
            4 => Of(bytes[0], bytes[0], bytes[0], bytes[1]),
            _ => Of(bytes[0], bytes[1], bytes[2], bytes[3]),
        };
    }

    private static uint Of(uint red, uint green, uint blue, uint alpha) => alpha << 24 | red << 16 | green << 8 | blue;
}
