using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using Bootlace.Harness;
using Bootlace.Tidy;

namespace Bootlace.Build;

/// <summary>Builds the loader's EFI images.</summary>
public static class LoaderImages
{
    /// <summary>The same checks on the host and in the firmware.</summary>
    public const string RuntimeChecksProject = "tests/RuntimeChecks/RuntimeChecks.csproj";

    private static readonly string[] Names =
    [
        "loader-x64.efi", "loader-arm64.efi", "loader-unpacked-x64.efi", "loader-unpacked-arm64.efi",
    ];

    private static readonly string[] Freestanding = ["-p:Configuration=Release", "-p:Freestanding=true"];

    /// <summary>Builds both architectures and leaves them in artifacts/, unpacked with maps and PDBs, and
    /// packed.</summary>
    /// <exception cref="HarnessException">They do not build, or an image is missing afterwards.</exception>
    public static void Build()
    {
        Packages.Ensure(PackageNeed.Build);
        Build("Building the loader for x64 and arm64", Repository.Root);
    }

    /// <summary>Builds once more from a copy of the sources in another folder, where nothing was built
    /// before.</summary>
    /// <returns>The names of the images whose bytes differ from those in artifacts/; they should not.</returns>
    public static IReadOnlyList<string> CompareWithCleanBuild()
    {
        string copy = Directory.CreateTempSubdirectory("bootlace-clean-").FullName;
        try
        {
            foreach (string path in SourceTree.ListPaths(Repository.Root))
            {
                string target = Path.Combine(copy, path);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(Path.Combine(Repository.Root, path), target);
            }

            Build("Building it again elsewhere, to compare every byte", copy);
            return
            [
                .. Names.Where(name => !File.ReadAllBytes(Path.Combine(Repository.Artifacts, name))
                    .AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(copy, "artifacts", name)))),
            ];
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    private static void Build(string title, string root)
    {
        DotnetBuild.Run(
            title, Path.Combine(root, "src/Loader/Loader.csproj"),
            [.. Freestanding, $"-p:SourceDate={SourceDate.Read()}"]);
        DotnetBuild.Run(
            "Building the unpacker",
            Path.Combine(root, "src/Unpacker/Unpacker.csproj"), Freestanding);
        string folder = Path.Combine(root, "artifacts");
        Pack(folder, "x64", isArm64: false);
        Pack(folder, "arm64", isArm64: true);
    }

    private static void Pack(string folder, string architecture, bool isArm64)
    {
        byte[] unpacker = Read($"unpacker-{architecture}.efi");
        byte[] loader = Read($"loader-unpacked-{architecture}.efi");
        File.WriteAllBytes(
            Path.Combine(folder, $"loader-{architecture}.efi"), PackedImage.Make(unpacker, loader, isArm64));

        byte[] Read(string name)
        {
            string path = Path.Combine(folder, name);
            return File.Exists(path)
                ? File.ReadAllBytes(path) : throw new HarnessException($"The build left no artifacts/{name}.");
        }
    }

    /// <summary>Builds the images that check the runtime inside the firmware, runtime-checks-*.efi.</summary>
    public static void BuildRuntimeChecks() => DotnetBuild.Run(
        "Building the runtime checks for the firmware",
        RuntimeChecksProject,
        Freestanding);

    /// <summary>Builds the program that reads and writes the disk it was started from, disk-bench-*.efi.</summary>
    public static void BuildDiskBench() => DotnetBuild.Run(
        "Building the disk benchmark for the firmware",
        "tests/DiskBench/DiskBench.csproj",
        Freestanding);

    /// <summary>Leaves copies of all images with trusted root certificates in artifacts/with-roots/.</summary>
    /// <returns>How many roots.</returns>
    /// <exception cref="HarnessException">A file is not what it must be.</exception>
    public static int AddRoots(IReadOnlyList<string> bundles)
    {
        string folder = Path.Combine(Repository.Artifacts, "with-roots");
        Directory.CreateDirectory(folder);
        int count = 0;
        foreach (string name in Names)
        {
            string source = Path.Combine(Repository.Artifacts, name);
            count = TrustVerb.Add(source, Path.Combine(folder, name), bundles).Count;
        }
        return count;
    }

    /// <summary>Prints size and digest of each image.</summary>
    public static void Print()
    {
        foreach (string name in Names)
        {
            byte[] image = File.ReadAllBytes(Path.Combine(Repository.Artifacts, name));
            string digest = Convert.ToHexStringLower(SHA256.HashData(image));
            Console.WriteLine($"artifacts/{name,-25} {image.Length,9:N0} bytes  sha256 {digest}");
        }
    }
}
