using System.Collections.Generic;
using Bootlace.Harness;
using Bootlace.Native;
using Xunit;

namespace Bootlace.Tests.Tools;

/// <summary>Protects what C code gets into the loader: the pinned release, or a later one of its line that Debian has
/// signed, and no other.</summary>
public class SourceChoiceTests
{
    private const string Records = """
        Package: mbedtls
        Version: 3.6.6-0.1~deb13u1
        Checksums-Sha1:
         0123456789012345678901234567890123456789 5508045 mbedtls_3.6.6.orig.tar.bz2
        Checksums-Sha256:
         8fb65fae8dcae5840f793c0a334860a411f884cc537ea290ce1c52bb64ca007a 5508045 mbedtls_3.6.6.orig.tar.bz2
         210466c522eeebc85cf2f76bd5aef935b4ebac465559cc0a84f9e73a8ed6601c 19084 mbedtls_3.6.6-0.1~deb13u1.debian.tar.xz

        Package: mbedtls
        Version: 3.6.7-3
        Checksums-Sha256:
         a468f939a098d45c5a6f64ac91a5bb41ff188d5562edbcb37aaed59f767df25f 2298 mbedtls_3.6.7-3.dsc
         a7e8bcbec0e6f761b4af24f25677626b35f762f68eef79c08677a363212d11f6 5473689 mbedtls_3.6.7.orig.tar.bz2

        """;

    [Fact]
    public void TheListsRecordsAreRead()
    {
        IReadOnlyList<SourcePackage> all = SourcePackage.ReadAll("mbedtls", Records);
        Assert.Equal(2, all.Count);
        Assert.Equal(
            new SourcePackage("mbedtls", "3.6.7-3", "mbedtls_3.6.7.orig.tar.bz2", SourceChoice.Pinned), all[1]);
        Assert.Empty(SourcePackage.ReadAll("mbedtls", ""));
    }

    [Fact]
    public void ThePinnedOneIsTakenBeforeALaterOne() =>
        Assert.Equal("3.6.7-3", Choose(Of("3.6.8-1"), Of("3.6.7-3", SourceChoice.Pinned), Of("3.6.10-1")));

    [Fact]
    public void WithoutItTheLatestOfItsLineIsTaken() =>
        Assert.Equal("3.6.10-1~deb13u1", Choose(Of("3.6.9-1"), Of("3.6.10-1~deb13u1"), Of("4.1.0-1"), Of("3.7.0-1")));

    [Fact]
    public void OlderAndOtherLinesAreRefused() =>
        Assert.Null(Choose(Of("3.6.6-0.1~deb13u1"), Of("2.28.3-1"), Of("4.1.0-1"), Of("3.6.x-1"), Of("3.60.8-1")));

    [Fact]
    public void AnotherArchiveOfThePinnedVersionMayBeDebiansOwn() => Assert.Equal("3.6.7-4", Choose(Of("3.6.7-4")));

    private static string? Choose(params SourcePackage[] sources) => SourceChoice.Choose(sources)?.Version;

    private static SourcePackage Of(string version, string digest = "00") =>
        new("mbedtls", version, $"mbedtls_{version}.orig.tar.bz2", digest);
}
