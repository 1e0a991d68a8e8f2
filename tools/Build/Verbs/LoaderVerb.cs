using System;
using System.Collections.Generic;
using System.CommandLine;

namespace Bootlace.Build;

/// <summary>`loader`: the EFI images of both architectures.</summary>
public static class LoaderVerb
{
    /// <summary>The verb for the command line.</summary>
    public static Command Create()
    {
        Option<bool> twice = new("--twice") { Description = "Build again elsewhere; the bytes must be the same." };
        Option<string[]> roots = new("--roots")
        {
            Description = "Files of trusted root certificates; 'distribution' is this system's bundle. Copies of the "
                + "images with them inside are left in artifacts/with-roots/.",
            AllowMultipleArgumentsPerToken = true,
        };
        Command verb = new("loader", "Build artifacts/loader-x64.efi and loader-arm64.efi.")
        {
            twice, roots,
        };
        verb.SetAction(result =>
        {
            LoaderImages.Build();
            LoaderImages.Print();
            bool isSame = !result.GetValue(twice) || IsSameElsewhere();
            if (result.GetValue(roots) is { Length: > 0 } bundles)
                Console.WriteLine($"{LoaderImages.AddRoots(bundles)} roots are in those in artifacts/with-roots/.");
            return isSame ? 0 : 1;
        });
        return verb;
    }

    private static bool IsSameElsewhere()
    {
        IReadOnlyList<string> different = LoaderImages.CompareWithCleanBuild();
        Console.WriteLine(different.Count == 0
            ? "A clean build elsewhere gives the same bytes."
            : $"A clean build elsewhere gives other bytes: {string.Join(", ", different)}");
        return different.Count == 0;
    }
}
