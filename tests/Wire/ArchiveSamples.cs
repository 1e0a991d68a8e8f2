using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Wire;

/// <summary>Archives for tests, and how they are read: with windows as narrow as they may be, so that everything is
/// moved many times.</summary>
internal static class ArchiveSamples
{
    /// <summary>Longer than the widest window of deflate and several blocks of Zstandard; some of it can be compressed
    /// well, some hardly.</summary>
    public static byte[] Text(int count, int seed = 1)
    {
        var random = new Random(seed);
        byte[] text = new byte[count];
        for (int i = 0; i < count;)
        {
            int length = Math.Min(random.Next(1, 300), count - i);
            int distance = random.Next(1, i + 2);
            if (random.Next(4) > 0 && distance <= i)
                for (int k = 0; k < length; k++) text[i + k] = text[i + k - distance];
            else
                for (int k = 0; k < length; k++) text[i + k] = (byte)(random.Next(12) * random.Next(12));
            i += length;
        }
        return text;
    }

    public static byte[] Gzip(byte[] content, CompressionLevel level = CompressionLevel.Optimal)
    {
        using MemoryStream target = new();
        using (GZipStream stream = new(target, level)) stream.Write(content);
        return target.ToArray();
    }

    public static byte[] Zlib(byte[] content)
    {
        using MemoryStream target = new();
        using (ZLibStream stream = new(target, CompressionLevel.Optimal)) stream.Write(content);
        return target.ToArray();
    }

    /// <summary>Reads it all; the error where it is refused.</summary>
    public static byte[] Read(Decompressor reader, out ParseError error)
    {
        var content = new List<byte>();
        int windowBytes = reader.WindowBytes + Decompressor.RoomBytesMin;
        byte[] rented = ArrayPool<byte>.Shared.Rent(windowBytes);
        Span<byte> window = rented.AsSpan(0, windowBytes);
        int start = 0;
        error = ParseError.None;
        for (int calls = 0; !reader.IsDone && error == ParseError.None; calls++)
        {
            Assert.True(calls < 100_000, "It does not get on.");
            if (window.Length - start < Decompressor.RoomBytesMin)
            {
                window.Slice(start - reader.WindowBytes, reader.WindowBytes).CopyTo(window);
                start = reader.WindowBytes;
            }
            bool isGood = reader.TryRead(window, start, out int end, out error);
            Assert.Equal(isGood, error == ParseError.None);
            Assert.InRange(end, start, window.Length);
            content.AddRange(window[start..end]);
            start = end;
        }
        ArrayPool<byte>.Shared.Return(rented);
        return content.ToArray();
    }

    public static byte[] Read(Decompressor reader)
    {
        byte[] content = Read(reader, out ParseError error);
        Assert.Equal(ParseError.None, error);
        return content;
    }
}
