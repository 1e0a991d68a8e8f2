using System;
using System.Buffers;
using System.IO.Compression;
using Bootlace.Tests.Wire;
using Bootlace.Wire;

namespace Bootlace.Tests.Fuzz;

internal static partial class Parsers
{
    private const int UnpackedBytesMax = 4 << 20;

    /// <summary>Compressed files, read a part at a time and no further than a limit.</summary>
    private static FuzzRow[] Archives =>
    [
        new("Gzip", bytes => Unpack(new GzipReader(bytes.ToArray())), ArchiveSamples.Gzip(ArchiveSamples.Text(300)),
            ArchiveSamples.Gzip(new byte[40_000], CompressionLevel.Fastest)),
        new("Zlib", bytes => Unpack(new ZlibReader(bytes.ToArray())), ArchiveSamples.Zlib(ArchiveSamples.Text(300))),
        new("Zstd", bytes => Unpack(new ZstdReader(bytes.ToArray())), Convert.FromHexString(ZstdTests.Words),
            Convert.FromHexString(ZstdTests.GoodMatch + ZstdTests.Hello)),
    ];

    private static bool Unpack(Decompressor reader)
    {
        if (reader.WindowBytes > UnpackedBytesMax) return true;   // as if there were no memory
        int windowBytes = reader.WindowBytes + Decompressor.RoomBytesMin;
        byte[] rented = ArrayPool<byte>.Shared.Rent(windowBytes);
        try
        {
            return Unpack(reader, rented.AsSpan(0, windowBytes));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static bool Unpack(Decompressor reader, Span<byte> window)
    {
        int start = 0;
        for (int total = 0; !reader.IsDone && total < UnpackedBytesMax;)
        {
            if (window.Length - start < Decompressor.RoomBytesMin)
            {
                window.Slice(start - reader.WindowBytes, reader.WindowBytes).CopyTo(window);
                start = reader.WindowBytes;
            }
            if (!reader.TryRead(window, start, out int end, out ParseError error)) return Refused(error);
            Check.That(end >= start && end <= window.Length);
            total += end - start;
            start = end;
        }
        return true;
    }
}
