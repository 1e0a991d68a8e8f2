using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;
using Bootlace.Harness;
using Bootlace.Stub;
using Bootlace.Wire;

namespace Bootlace.Build;

/// <summary>The loader as it is shipped: the unpacker's image with the loader, compressed, in a section more.</summary>
public static class PackedImage
{
    /// <summary>The section that src/Uefi/Start/PackedLoader.cs looks for.</summary>
    public const string Section = ".loader";

    /// <summary>Packs a loader. The same inputs give the same bytes, with one version of .NET.</summary>
    /// <returns>The unpacker with a section that holds the loader's length, 32 bits little-endian, and a zlib stream of
    /// it with its calls made absolute.</returns>
    public static byte[] Make(byte[] unpacker, byte[] loader, bool isArm64)
    {
        byte[] code = [.. loader];
        BranchAddresses.MakeAbsolute(code, isArm64);
        byte[] back = [.. code];
        BranchAddresses.MakeRelative(back, isArm64);
        if (!back.AsSpan().SequenceEqual(loader))
            throw new HarnessException("The loader's calls do not come back as they were: the packing is broken.");
        MemoryStream content = new();
        Span<byte> length = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)loader.Length);
        content.Write(length);
        using (ZLibStream zlib = new(content, CompressionLevel.SmallestSize, leaveOpen: true))
            zlib.Write(code);
        return PeFile.WithSection(unpacker, Section, content.ToArray());
    }
}
