using System.CommandLine;
using System.IO;

namespace Bootlace.Build;

/// <summary>`bench`: speed, time to the kernel, sizes.</summary>
public static class BenchVerb
{
    /// <summary>The verb for the command line.</summary>
    public static Command Create()
    {
        Option<bool> disks = new("--disks") { Description = "Only disks over iSCSI, beside iPXE." };
        Option<bool> https = new("--https") { Description = "Only HTTPS, beside iPXE." };
        Option<FileInfo> earlier = new("--earlier")
        {
            Description = "An earlier loader's image for x64, to measure HTTPS and disks with in turns.",
        };
        earlier.AcceptExistingOnly();
        Command verb = new("bench", "Measure transfers (64 MiB, three runs), time to kernel, sizes, HTTPS, disks.")
        {
            disks,
            https,
            earlier,
        };
        verb.SetAction(async (result, _) =>
        {
            Packages.Ensure(PackageNeed.Build, PackageNeed.Boot);
            LoaderImages.Build();
            LoaderImages.BuildDiskBench();
            bool onlyDisks = result.GetValue(disks), onlyHttps = result.GetValue(https);
            if (!onlyDisks && !onlyHttps)
                await Benchmark.RunAsync();
            string? other = result.GetValue(earlier)?.FullName;
            if (onlyHttps || !onlyDisks)
                await HttpsBenchmark.RunAsync(other);
            if (onlyDisks || !onlyHttps)
                await new DiskBenchmark(other).RunAsync();
            return 0;
        });
        return verb;
    }
}
