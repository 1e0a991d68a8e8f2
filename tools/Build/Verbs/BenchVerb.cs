using System.CommandLine;

namespace Bootlace.Build;

/// <summary>`bench`: speed, time to the kernel, sizes.</summary>
public static class BenchVerb
{
    /// <summary>The verb for the command line.</summary>
    public static Command Create()
    {
        Option<bool> disks = new("--disks") { Description = "Only disks over iSCSI, beside iPXE." };
        Command verb = new("bench", "Measure transfers (64 MiB, three runs), time to the kernel, sizes, heap, disks.")
        {
            disks,
        };
        verb.SetAction(async (result, _) =>
        {
            Packages.Ensure(PackageNeed.Build, PackageNeed.Boot);
            LoaderImages.Build();
            LoaderImages.BuildDiskBench();
            if (!result.GetValue(disks))
                await Benchmark.RunAsync();
            await DiskBenchmark.RunAsync();
            return 0;
        });
        return verb;
    }
}
