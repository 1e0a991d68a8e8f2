using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;
using System.Text;
using Bootlace.Harness;
using Bootlace.Wire;

namespace Bootlace.Scenarios;

/// <summary>Pictures as PNG files: made to be served, and read back from screenshots.</summary>
public static class PngPicture
{
    private const int HeaderBytes = 13;
    private const byte BitsOfSample = 8, ColourAlpha = 6;

    /// <summary>Makes a file.</summary>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="pixelAt">Gives opacity, red, green and blue of a column and row, as 0xoorrggbb.</param>
    public static byte[] Make(int width, int height, Func<int, int, uint> pixelAt)
    {
        MemoryStream rows = new();
        using (ZLibStream stream = new(rows, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (int y = 0; y < height; y++)
            {
                stream.WriteByte(0);   // no filter
                for (int x = 0; x < width; x++)
                {
                    uint pixel = pixelAt(x, y);
                    stream.Write([(byte)(pixel >> 16), (byte)(pixel >> 8), (byte)pixel, (byte)(pixel >> 24)]);
                }
            }
        }

        byte[] header = new byte[HeaderBytes];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (BitsOfSample, ColourAlpha);
        return
        [
            0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR", header), .. Chunk("IDAT", rows.ToArray()),
            .. Chunk("IEND", []),
        ];
    }

    /// <summary>Reads a file: its width, and its pixels as 0xrrggbb.</summary>
    public static (int Width, uint[] Pixels) Read(byte[] file)
    {
        if (!PngView.TryRead(file, out PngView view, out ParseError error))
            throw new HarnessException($"The screenshot is no picture: {error}");
        uint[] pixels = new uint[view.Width * view.Height];
        if (!view.TryDecode(new byte[view.DataBytesMax], new byte[view.RawBytes], pixels, out error))
            throw new HarnessException($"The screenshot is damaged: {error}");
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] &= 0xffffff;
        return (view.Width, pixels);
    }

    private static byte[] Chunk(string name, byte[] content)
    {
        byte[] chunk = new byte[content.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        Encoding.ASCII.GetBytes(name).CopyTo(chunk, 4);
        content.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc32.Append(0, chunk.AsSpan(4..^4)));
        return chunk;
    }
}
