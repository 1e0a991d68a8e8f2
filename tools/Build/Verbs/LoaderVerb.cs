using System.CommandLine;

namespace Bootlace.Build;

/// <summary>`loader`: the EFI images of both architectures.</summary>
public static class LoaderVerb
{
    /// <summary>The verb for the command line.</summary>
    public static Command Create()
    {
        Command verb = new("loader", "Build artifacts/loader-x64.efi and loader-arm64.efi, with maps and PDBs.");
        verb.SetAction(_ =>
        {
            LoaderImages.Build();
            LoaderImages.Print();
            return 0;
        });
        return verb;
    }
}
