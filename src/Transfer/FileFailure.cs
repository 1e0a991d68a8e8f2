using Bootlace.Wire;

namespace Bootlace.Transfer;

/// <summary>Failures of <c>file:</c> URIs (area 08).</summary>
public static class FileFailure
{
    /// <summary>No such file or volume.</summary>
    public static readonly FailureKind NotFound =
        new(0x2d080001, "there is no such file",
            "file:name is looked for beside the loader, file://LABEL/name on that volume");

    /// <summary>The URI names no file.</summary>
    public static readonly FailureKind NoName =
        new(0x1c080002, "the file: URI names no file", "write file:name, file:/path or file://LABEL/path");
}
