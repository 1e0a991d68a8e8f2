using System.IO;

namespace Bootlace.Harness;

/// <summary>The EFI programs that `./build.sh loader` leaves in artifacts/.</summary>
public static class LoaderImage
{
    /// <summary>The loader for an architecture.</summary>
    /// <exception cref="HarnessException">It was not built yet.</exception>
    public static string For(Architecture architecture) => Find($"loader-{architecture.OurName()}.efi");

    /// <summary>The loader that is not compressed, which is what is signed for Secure Boot.</summary>
    /// <exception cref="HarnessException">It was not built yet.</exception>
    public static string Unpacked(Architecture architecture) =>
        Find($"loader-unpacked-{architecture.OurName()}.efi");

    /// <summary>The image that checks the runtime inside the firmware.</summary>
    /// <exception cref="HarnessException">It was not built yet.</exception>
    public static string RuntimeChecks(Architecture architecture) =>
        Find($"runtime-checks-{architecture.OurName()}.efi");

    /// <summary>The program that reads and writes the disk it was started from.</summary>
    /// <exception cref="HarnessException">It was not built yet.</exception>
    public static string DiskBench(Architecture architecture) => Find($"disk-bench-{architecture.OurName()}.efi");

    private static string Find(string name)
    {
        string path = Path.Combine(Repository.Artifacts, name);
        return File.Exists(path)
            ? path
            : throw new HarnessException($"There is no artifacts/{name}: build it with './build.sh loader'.");
    }
}
