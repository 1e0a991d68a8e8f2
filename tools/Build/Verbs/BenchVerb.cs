using System.CommandLine;

namespace Bootlace.Build;

/// <summary>`bench`: speed, time to the kernel, sizes.</summary>
public static class BenchVerb
{
    /// <summary>The verb for the command line.</summary>
    public static Command Create()
    {
        Command verb = new("bench", "Measure transfers (64 MiB, three runs), time to the kernel, image sizes, heap.");
        verb.SetAction(async (_, _) =>
        {
            Packages.Ensure(PackageNeed.Build, PackageNeed.Boot);
            LoaderImages.Build();
            await Benchmark.RunAsync();
            return 0;
        });
        return verb;
    }
}
