using System.Collections.Generic;
using System.IO;

namespace Bootlace.Harness;

/// <summary>A disk whose program reads and writes it: what `bench` measures, and what shows that a gigabyte leaves
/// nothing behind.</summary>
public static class BenchDisk
{
    private const long Bytes = 640L << 20;

    /// <summary>What the program says when it has read 1 GiB after its series.</summary>
    public const string LastWords = "BENCH read another 1 GiB";

    /// <summary>Makes one.</summary>
    /// <param name="path">File to create.</param>
    /// <param name="architecture">Of the machine that boots it.</param>
    /// <exception cref="HarnessException">The program has not been built, or mtools cannot be had.</exception>
    public static GrubDisk Create(string path, Architecture architecture)
    {
        string volume = path + ".esp";
        FatVolume.Create(volume, new Dictionary<string, string>
        {
            [$"EFI/BOOT/{GrubDisk.DefaultProgram(architecture)}"] = LoaderImage.DiskBench(architecture),
        });
        GptDisk.Create(path, Bytes, [new GptPartition("esp", GptPartition.EfiSystem, volume)]);
        File.Delete(volume);
        return new GrubDisk(path);
    }
}
