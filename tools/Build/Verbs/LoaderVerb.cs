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
        Command verb = new("loader", "Build artifacts/loader-x64.efi and loader-arm64.efi.")
        {
            twice,
        };
        verb.SetAction(result =>
        {
            LoaderImages.Build();
            LoaderImages.Print();
            if (!result.GetValue(twice))
                return 0;
            IReadOnlyList<string> different = LoaderImages.CompareWithCleanBuild();
            Console.WriteLine(different.Count == 0
                ? "A clean build elsewhere gives the same bytes."
                : $"A clean build elsewhere gives other bytes: {string.Join(", ", different)}");
            return different.Count == 0 ? 0 : 1;
        });
        return verb;
    }
}
