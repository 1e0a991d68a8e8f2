using System;
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
        new("Gzip", bytes => Unpack(new GzipReader(bytes.ToArray())), ArchiveSamples.Gzip(ArchiveSamples.Text(3000)),
            ArchiveSamples.Gzip(new byte[300_000], CompressionLevel.Fastest)),
        new("Zlib", bytes => Unpack(new ZlibReader(bytes.ToArray())), ArchiveSamples.Zlib(ArchiveSamples.Text(3000))),
        new("Zstd", bytes => Unpack(new ZstdReader(bytes.ToArray())), Convert.FromHexString(ZstdTests.Words),
            Convert.FromHexString(ZstdTests.GoodMatch + ZstdTests.Hello)),
    ];

    private static bool Unpack(Decompressor reader)
    {
        if (reader.WindowBytes > UnpackedBytesMax) return true;   // as if there were no memory
        byte[] window = new byte[reader.WindowBytes + 2 * Decompressor.RoomBytesMin];
        int start = 0;
        for (int total = 0; !reader.IsDone && total < UnpackedBytesMax;)
        {
            if (window.Length - start < Decompressor.RoomBytesMin)
            {
                window.AsSpan(start - reader.WindowBytes, reader.WindowBytes).CopyTo(window);
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
