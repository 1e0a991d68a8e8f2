using Bootlace.Script;
using Xunit;

namespace Bootlace.Tests.Script;

/// <summary>Protects the forms of the commands about trust and digests (spec/ipxe-compat.md 2.1).</summary>
public class TrustCommandTests
{
    private const string Digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private readonly ScriptWorld _world = new();

    public TrustCommandTests()
    {
        _world.Files["http://h/k"] = "kernel";
        _world.Files["http://h/k.sig"] = "s";
    }

    [Theory]
    [InlineData("imgtrust", "require")]
    [InlineData("imgtrust --permanent", "require for ever")]
    [InlineData("imgtrust -p", "require for ever")]
    [InlineData("imgtrust --allow", "allow")]
    [InlineData("manifest http://h/SUMS", "manifest http://h/SUMS http://h/SUMS.sig")]
    [InlineData("manifest SUMS?v=1", "manifest SUMS?v=1 SUMS.sig?v=1")]
    [InlineData("manifest --signer Release -t 9 -q a b", "manifest a b within 9 quietly signer=Release")]
    public void FormsAreUnderstood(string line, string deed)
    {
        Assert.True(_world.Run(line).IsSuccess, _world.Output);
        Assert.Equal([deed], _world.Deeds);
    }

    [Fact]
    public void ImgverifyFetchesWhatIsMissingAndDropsTheSignature()
    {
        Assert.True(_world.Run("kernel http://h/k\nimgverify k http://h/k.sig\nimgstat").IsSuccess, _world.Output);
        Assert.Equal(["fetch http://h/k", "fetch http://h/k.sig as proof", "verify k by k.sig"], _world.Deeds);
        Assert.Equal("k : 6 bytes [data] [SELECTED] [TRUSTED]\n", _world.Output);
    }

    [Fact]
    public void ImgverifyKeepsTheSignatureWhereAsked()
    {
        Assert.True(_world.Run("imgverify --keep -s Me -t 5 -q http://h/k http://h/k.sig\nimgstat").IsSuccess);
        Assert.Equal(["fetch http://h/k within 5 quietly", "fetch http://h/k.sig within 5 quietly as proof",
            "verify k by k.sig signer=Me"], _world.Deeds);
        Assert.EndsWith("k.sig : 1 bytes [data]\n", _world.Output);
    }

    [Fact]
    public void ImgstatNamesTheUnverifiedOnceTrustIsConfigured()
    {
        _world.Run("imgfetch http://h/k\nimgstat");
        Assert.Equal("k : 6 bytes [data]\n", _world.Output);
        _world.IsConfigured = true;
        _world.Run("imgstat k");
        Assert.EndsWith("k : 6 bytes [data] [UNVERIFIED]\n", _world.Output);
    }

    [Theory]
    [InlineData("kernel --sha256 " + Digest + " http://h/k", "fetch http://h/k " + Digest)]
    [InlineData("initrd -s " + Digest + " http://h/k", "fetch http://h/k " + Digest)]
    [InlineData("imgfetch --sha256=" + Digest + " http://h/k", "fetch http://h/k " + Digest)]
    [InlineData("chain -ars " + Digest + " http://h/k", "fetch http://h/k " + Digest)]
    public void ADigestGoesWithTheFetch(string line, string deed)
    {
        Assert.True(_world.Run(line).IsSuccess, _world.Output);
        Assert.Equal(deed, _world.Deeds[0]);
    }

    [Fact]
    public void ADigestIsRequiredOfAnImageThatIsThere()
    {
        Assert.True(_world.Run($"imgfetch http://h/k\nkernel --sha256 {Digest.ToUpperInvariant()} k").IsSuccess);
        Assert.Equal($"require k {Digest}", _world.Deeds[1]);
    }

    [Theory]
    [InlineData("kernel --sha256 ${undefined} http://h/k")]
    [InlineData("kernel --sha256 1234 http://h/k")]
    [InlineData("kernel --sha256 " + Digest + "00 http://h/k")]
    [InlineData("kernel --sha256 x" + Digest + " http://h/k")]
    [InlineData("kernel --sha256 gf86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 http://h/k")]
    public void ADigestThatIsNoneIsRefusedBeforeAnythingIsFetched(string line)
    {
        Assert.Equal(0x1c0a0021u, _world.Run(line).Code);
        Assert.Empty(_world.Deeds);
    }

    [Theory]
    [InlineData("md5sum k", "0106ab  k\n")]
    [InlineData("sha1sum k", "0206ab  k\n")]
    [InlineData("sha224sum k", "0306ab  k\n")]
    [InlineData("sha256sum k k", "0406ab  k\n0406ab  k\n")]
    [InlineData("sha384sum k", "0506ab  k\n")]
    [InlineData("sha512sum http://h/k.sig", "0601ab  k.sig\n")]
    [InlineData("sha256sum --set x k\nshow x", "x:hexraw = 0406ab\n")]
    [InlineData("sha256sum -s x:hexhyp k\nshow x", "x:hexhyp = 04-06-ab\n")]
    public void DigestsArePrintedOrStored(string script, string output)
    {
        Assert.True(_world.Run("imgfetch http://h/k\n" + script).IsSuccess, _world.Output);
        Assert.Equal(output, _world.Output);
    }
}
