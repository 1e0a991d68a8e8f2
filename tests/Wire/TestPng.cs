using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using Bootlace.Wire;

namespace Bootlace.Tests.Wire;

/// <summary>Writes PNG pictures of every kind.</summary>
internal sealed class TestPng
{
    private static readonly (int Column, int Row, int ColumnStep, int RowStep)[] s_passes =
    [
        (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2),
    ];

    public required int Width { get; init; }
    public required int Height { get; init; }
    public int ColourType { get; init; } = 2;
    public int Depth { get; init; } = 8;
    public bool IsInterlaced { get; init; }
    public byte[] Palette { get; init; } = [];
    public byte[] Transparency { get; init; } = [];

    /// <summary>The filter of each row; they take turns.</summary>
    public byte[] Filters { get; init; } = [0];

    /// <summary>Longest data chunk.</summary>
    public int DataMax { get; init; } = int.MaxValue;

    /// <summary>The sample of that number of the pixel at that column and row.</summary>
    public required Func<int, int, int, int> Sample { get; init; }

    private int SamplesOfPixel => ColourType switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    /// <summary>Small pictures of three kinds.</summary>
    public static byte[][] Samples =>
    [
        new TestPng
        {
            Width = 5, Height = 4, Filters = [4, 3, 2, 1], Sample = (x, y, i) => x * 40 + y * 9 + i,
        }.ToFile(),
        new TestPng
        {
            Width = 9, Height = 9, ColourType = 3, Depth = 4, IsInterlaced = true, DataMax = 9, Palette = new byte[48],
            Transparency = [1, 2], Sample = (x, y, _) => (x + y) % 16,
        }.ToFile(),
        new TestPng { Width = 3, Height = 2, ColourType = 6, Depth = 16, Sample = (x, y, i) => x * y * i }.ToFile(),
    ];

    public byte[] ToFile() =>
    [
        .. Signature, .. Chunk("IHDR", Header), .. Palette.Length > 0 ? Chunk("PLTE", Palette) : [],
        .. Transparency.Length > 0 ? Chunk("tRNS", Transparency) : [], .. Data(Compress(Rows())), .. Chunk("IEND", []),
    ];

    public static byte[] Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    public byte[] Header
    {
        get
        {
            byte[] header = new byte[13];
            BinaryPrimitives.WriteInt32BigEndian(header, Width);
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Height);
            header[8] = (byte)Depth;
            header[9] = (byte)ColourType;
            header[12] = IsInterlaced ? (byte)1 : (byte)0;
            return header;
        }
    }

    public static byte[] Chunk(string name, byte[] content)
    {
        byte[] chunk = new byte[content.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        Encoding.ASCII.GetBytes(name).CopyTo(chunk, 4);
        content.CopyTo(chunk, 8);
        Repair(chunk);
        return chunk;
    }

    /// <summary>Puts the checksums of all chunks right, as far as their lengths are.</summary>
    public static void RepairFile(byte[] file)
    {
        int at = 8;
        while (file.Length - at >= 12)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            if (length < 0 || length > file.Length - at - 12) return;
            Repair(file.AsSpan(at, length + 12));
            at += length + 12;
        }
    }

    public static byte[] Compress(byte[] rows)
    {
        var stream = new MemoryStream();
        using (var zlib = new ZLibStream(stream, CompressionLevel.SmallestSize)) zlib.Write(rows);
        return stream.ToArray();
    }

    public byte[] Rows()
    {
        var rows = new List<byte>();
        if (!IsInterlaced) AddPass(rows, 0, 0, 1, 1);
        else foreach (var pass in s_passes) AddPass(rows, pass.Column, pass.Row, pass.ColumnStep, pass.RowStep);
        return [.. rows];
    }

    private IEnumerable<byte> Data(byte[] compressed) =>
        compressed.Chunk(int.Min(DataMax, compressed.Length)).SelectMany(part => Chunk("IDAT", part));

    private void AddPass(List<byte> rows, int column, int row, int columnStep, int rowStep)
    {
        if (column >= Width) return;
        byte[]? above = null;
        int number = 0, step = int.Max(1, SamplesOfPixel * Depth / 8);
        for (int y = row; y < Height; y += rowStep)
        {
            var bits = new StringBuilder();
            for (int x = column; x < Width; x += columnStep)
                for (int i = 0; i < SamplesOfPixel; i++)
                    bits.Append(Convert.ToString(Sample(x, y, i), 2).PadLeft(Depth, '0'));
            while (bits.Length % 8 != 0) bits.Append('0');
            byte[] plain = new byte[bits.Length / 8];
            for (int i = 0; i < plain.Length; i++) plain[i] = Convert.ToByte(bits.ToString(i * 8, 8), 2);
            byte filter = Filters[number++ % Filters.Length];
            rows.Add(filter);
            for (int i = 0; i < plain.Length; i++)
            {
                int left = i >= step ? plain[i - step] : 0, up = above?[i] ?? 0;
                int corner = i >= step && above is not null ? above[i - step] : 0;
                int guess = left + up - corner;
                int nearest = new[] { left, up, corner }.MinBy(it => Math.Abs(guess - it));
                int taken = filter switch { 1 => left, 2 => up, 3 => (left + up) / 2, 4 => nearest, _ => 0 };
                rows.Add((byte)(plain[i] - taken));
            }
            above = plain;
        }
    }

    private static void Repair(Span<byte> chunk) =>
        BinaryPrimitives.WriteUInt32BigEndian(chunk[^4..], Crc32.Append(0, chunk[4..^4]));
}
