using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Bootlace.Harness;

/// <summary>A FAT file system inside an image, made by mtools.</summary>
public static class FatVolume
{
    /// <summary>The smallest volume that is FAT32 and not FAT16, in bytes; firmware wants FAT32 on a fixed
    /// disk.</summary>
    public const long BytesMin = 48 << 20;

    // In sectors of 4096 bytes, FAT32 would begin at 256 MiB: what is smaller becomes FAT16.
    private const int LargeSectorBytes = 4096;
    private const string LargeSectorCode = "5";

    /// <summary>Formats a part of an image and fills it.</summary>
    /// <param name="image">Path of the image, which exists.</param>
    /// <param name="offset">Where the volume begins, in bytes.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="files">Path on the volume, with slashes, to path on the host.</param>
    /// <param name="sectorBytes">Bytes in a sector: 512 or 4096.</param>
    /// <exception cref="HarnessException">mtools is missing or fails.</exception>
    public static void Format(
        string image, long offset, long length, IReadOnlyDictionary<string, string> files, int sectorBytes = 512)
    {
        string volume = $"{image}@@{offset}";
        string[] width = sectorBytes == LargeSectorBytes ? ["-S", LargeSectorCode, "-c", "1"]
            : length >= BytesMin ? ["-F"] : [];
        Tool.Require(
            "mformat", ["-i", volume, .. width, "-T", $"{length / sectorBytes}", "-h", "64", "-s", "32", "::"]);
        string[] folders = [.. files.Keys.SelectMany(Parents).Distinct().OrderBy(it => it.Length)];
        if (folders.Length > 0)
            Tool.Require("mmd", ["-i", volume, .. folders.Select(it => "::/" + it)]);
        foreach ((string name, string source) in files)
            Tool.Require("mcopy", ["-i", volume, source, "::/" + name]);
    }

    /// <summary>Makes a volume as a file of its own.</summary>
    /// <param name="path">File to create.</param>
    /// <param name="files">Path on the volume, with slashes, to path on the host.</param>
    /// <param name="length">Its length in bytes; below <see cref="BytesMin"/> it is FAT16, good for a CD only.</param>
    /// <param name="sectorBytes">Bytes in a sector: 512 or 4096.</param>
    public static void Create(
        string path, IReadOnlyDictionary<string, string> files, long length = BytesMin, int sectorBytes = 512)
    {
        using (FileStream file = File.Create(path))
            file.SetLength(length);
        Format(path, 0, length, files, sectorBytes);
    }

    /// <summary>A file's content.</summary>
    /// <param name="image">Path of the image.</param>
    /// <param name="offset">Where the volume begins, in bytes.</param>
    /// <param name="file">Path on the volume.</param>
    public static string ReadText(string image, long offset, string file) =>
        Tool.Require("mtype", ["-i", $"{image}@@{offset}", "::/" + file]);

    private static IEnumerable<string> Parents(string file)
    {
        for (int slash = file.IndexOf('/'); slash >= 0; slash = file.IndexOf('/', slash + 1))
            yield return file[..slash];
    }
}
