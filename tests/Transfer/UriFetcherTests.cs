using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Transfer;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Transfer;

/// <summary>Protects the front door: the right opener, bounded redirects, no way from the network to the local
/// disk.</summary>
public class UriFetcherTests
{
    private sealed class FakeOpener(string scheme, Func<BootUri, BootUri?> answer) : IUriOpener
    {
        public List<string> Asked { get; } = [];
        public string Scheme => scheme;

        public Task<BootUri?> FetchAsync(BootUri uri, IBodyTarget target, ITransferProgress progress,
            CancellationToken stop)
        {
            Asked.Add(uri.Text);
            return Task.FromResult(answer(uri));
        }
    }

    private readonly MemoryBody _body = new();

    private FetchedBody Fetch(string uri, params IUriOpener[] openers) => new UriFetcher(openers)
        .FetchAsync(BootUri.Parse(uri), _body, _body, CancellationToken.None).GetAwaiter().GetResult();

    private FailureKind FetchFails(string uri, params IUriOpener[] openers) =>
        Assert.Throws<BootFailure>(() => Fetch(uri, openers)).Kind;

    [Fact]
    public void RedirectsAreFollowedAcrossSchemesAndTheLastUriIsReported()
    {
        var http = new FakeOpener("http", uri => BootUri.Parse(uri.Path == "/a" ? "b/c?q" : "tftp://i/d"));
        var tftp = new FakeOpener("tftp", _ => null);
        Assert.Equal("tftp://i/d", Fetch("http://h/a", http, tftp).Uri.Text);
        Assert.Equal(["http://h/a", "http://h/b/c?q"], http.Asked);
    }

    [Fact]
    public void TenRedirectsAreFollowedAndTheEleventhIsALoop()
    {
        int left = 10;
        var patient = new FakeOpener("http", uri => left-- > 0 ? uri : null);
        Assert.Equal("http://h/a", Fetch("http://h/a", patient).Uri.Text);
        Assert.Equal(11, patient.Asked.Count);

        var endless = new FakeOpener("http", uri => uri);
        Assert.Same(UriFailure.Loop, FetchFails("http://h/a", endless));
        Assert.Equal(11, endless.Asked.Count);
    }

    [Theory]
    [InlineData("http://h/a", "https://i/b")]
    [InlineData("https://h/a", "https://i/b")]
    [InlineData("https://h/a", "b")]
    public void ARedirectMayLeadToHttps(string from, string elsewhere)
    {
        BootUri? answer = BootUri.Parse(elsewhere);
        BootUri? Once(BootUri uri) => Interlocked.Exchange(ref answer, null);
        FakeOpener http = new("http", Once), https = new("https", Once);
        Assert.Equal("https", Fetch(from, http, https).Uri.Scheme);
    }

    [Theory]
    [InlineData("http://h/a")]
    [InlineData("tftp://h/a")]
    public void ARedirectAwayFromHttpsIsRefused(string elsewhere)
    {
        var https = new FakeOpener("https", _ => BootUri.Parse(elsewhere));
        FakeOpener http = new("http", _ => null), tftp = new("tftp", _ => null);
        Assert.Same(UriFailure.RedirectUnprotected, FetchFails("https://user:secret@h/a", https, http, tftp));
        Assert.Empty(http.Asked);
        Assert.Empty(tftp.Asked);
    }

    [Fact]
    public void UserAndPasswordStayWithTheirServer()
    {
        var https = new FakeOpener("https", uri => uri.Path switch
        {
            "/a" => BootUri.Parse("/b"), "/b" => BootUri.Parse("https://i/c"), _ => null,
        });
        Fetch("https://user:secret@h/a", https);
        Assert.Equal(["https://user:secret@h/a", "https://user:secret@h/b", "https://i/c"], https.Asked);
    }

    [Theory]
    [InlineData("file:/EFI/x")]
    [InlineData("data:,x")]
    [InlineData("iscsi:x")]
    public void ARedirectAwayFromTheNetworkIsRefused(string elsewhere) => Assert.Same(UriFailure.RedirectRefused,
        FetchFails("http://h/a", new FakeOpener("http", _ => BootUri.Parse(elsewhere)),
            new FakeOpener("file", _ => null)));

    [Fact]
    public void UnknownSchemesHttpsAndRelativeReferencesFailEachInItsOwnWay()
    {
        Assert.Same(UriFailure.UnknownScheme, FetchFails("gopher://h/"));
        Assert.Same(UriFailure.HttpsNotSupported, FetchFails("https://h/"));
        Assert.Same(UriFailure.NoBase, FetchFails("a/b"));
    }

    [Theory]
    [InlineData("data:,hello%20you", "hello you")]
    [InlineData("data:text/plain,a,b", "a,b")]
    [InlineData("data:text/plain;base64,aGk%3D", "hi")]
    [InlineData("data:;base64,aGk=", "hi")]
    [InlineData("data:,", "")]
    public void ADataUriCarriesItsContent(string uri, string content)
    {
        Fetch(uri, new DataOpener());
        Assert.Equal(content, Encoding.UTF8.GetString(_body.Bytes));
        Assert.Equal((ulong)content.Length, _body.Expected);
    }

    [Theory]
    [InlineData("data:nothing")]
    [InlineData("data:;base64,a")]
    [InlineData("data:;base64,a$bc")]
    public void BadDataIsRefused(string uri) => Assert.Same(UriFailure.BadData, FetchFails(uri, new DataOpener()));

    [Theory]
    [InlineData("file:boot.ipxe", null, "boot.ipxe")]
    [InlineData("file:/EFI/my%20file", null, "/EFI/my file")]
    [InlineData("file:///x", null, "/x")]
    [InlineData("file://ESP/x", "ESP", "/x")]
    public void AFileIsAskedForByLabelAndPath(string uri, string? label, string path)
    {
        (string?, string) asked = default;
        Fetch(uri, new FileOpener((volume, name, target) =>
        {
            asked = (volume, name);
            target.GetRoom().Span[0] = 7;
            target.Advance(1);
            return true;
        }));
        Assert.Equal((label, path), asked);
        Assert.Equal([7], _body.Bytes);
        Assert.Equal([(1, 1)], _body.Reports);
    }

    [Fact]
    public void AMissingFileAndANamelessOneFailEachInItsOwnWay()
    {
        var opener = new FileOpener((_, _, _) => false);
        Assert.Same(FileFailure.NotFound, FetchFails("file:x", opener));
        Assert.Same(FileFailure.NoName, FetchFails("file:", opener));
        Assert.Same(FileFailure.NoName, FetchFails("file:/", opener));
        Assert.Same(FileFailure.NoName, FetchFails("file:a%00b", opener));
    }
}
