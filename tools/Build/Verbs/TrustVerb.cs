using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using Bootlace.Harness;
using Bootlace.Stub;

namespace Bootlace.Build;

/// <summary>`trust`: puts root certificates into a built loader, which needs no compiler.</summary>
public static class TrustVerb
{
    /// <summary>The word that stands for the distribution's own bundle.</summary>
    private const string Distribution = "distribution";

    /// <summary>The verb for the command line.</summary>
    public static Command Create()
    {
        Argument<FileInfo> loader = new("loader")
        {
            Description = "A built loader: loader-x64.efi or loader-arm64.efi.",
        };
        Argument<string[]> bundles = new("roots")
        {
            Description = "Files of certificates, PEM or DER; 'distribution' is this system's bundle.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<FileInfo?> output = new("--output")
        {
            Description = "Where the changed loader is written; without it the file itself is changed.",
        };
        Command verb = new("trust", "Make a built loader trust certificate authorities.") { loader, bundles, output };
        verb.SetAction(result =>
        {
            string source = result.GetRequiredValue(loader).FullName;
            string target = result.GetValue(output)?.FullName ?? source;
            IReadOnlyList<string> names = Add(source, target, result.GetRequiredValue(bundles));
            foreach (string name in names) Console.WriteLine($"trusted: {name}");
            Console.WriteLine($"{names.Count} roots are in {target}.");
        });
        return verb;
    }

    /// <summary>Puts roots into a loader.</summary>
    /// <returns>Their names.</returns>
    /// <exception cref="HarnessException">A file is not what it must be.</exception>
    public static IReadOnlyList<string> Add(string source, string target, IReadOnlyList<string> bundles)
    {
        try
        {
            List<string> paths = [];
            foreach (string bundle in bundles)
                paths.Add(bundle == Distribution ? RootBundle.FindDistribution() : bundle);
            (byte[] content, IReadOnlyList<string> names) = RootBundle.Read(paths);
            byte[] loader = PeFile.WithSection(File.ReadAllBytes(source), RootBundle.Section, content);
            File.WriteAllBytes(target, loader);
            return names;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new HarnessException(e.Message);
        }
    }
}
