using System;
using System.Collections.Generic;
using System.Linq;
using Bootlace.Harness;

namespace Bootlace.Native;

/// <summary>Which of a distribution's versions of mbedTLS is taken.</summary>
internal static class SourceChoice
{
    /// <summary>The release that is pinned.</summary>
    public const string PinnedVersion = "3.6.7";

    /// <summary>The SHA-256 of its archive, .tar.bz2.</summary>
    public const string Pinned = "a7e8bcbec0e6f761b4af24f25677626b35f762f68eef79c08677a363212d11f6";

    /// <summary>The release line that later versions may be of.</summary>
    public const string Line = "3.6.";

    // 3.6.6 cannot talk TLS 1.2 with servers that sign with RSA-PSS, and lacks repairs of security.
    private const int LeastOfLine = 7;

    /// <summary>The pinned one; else the latest of the line, which the distribution's signature vouches for; null: none
    /// will do.</summary>
    public static SourcePackage? Choose(IReadOnlyList<SourcePackage> sources) =>
        sources.FirstOrDefault(it => it.ArchiveDigest == Pinned)
        ?? sources.Where(it => Patch(it) >= LeastOfLine).MaxBy(Patch);

    /// <summary>The version without Debian's revision.</summary>
    public static string UpstreamVersion(SourcePackage source) => source.Version.Split('-')[0];

    private static int Patch(SourcePackage source) =>
        UpstreamVersion(source) is var version && version.StartsWith(Line, StringComparison.Ordinal)
            && int.TryParse(version[Line.Length..], out int patch) ? patch : -1;
}
