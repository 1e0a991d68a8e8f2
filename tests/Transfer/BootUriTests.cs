using System;
using Bootlace.Transfer;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Transfer;

/// <summary>Protects the reading of URIs: what a script writes is what the server is asked for, and nothing odd gets
/// through.
/// </summary>
public class BootUriTests
{
    [Theory]
    // text, scheme, opaque, user, password, host, port, path, query, fragment, params
    [InlineData("http://h/p", "http", null, null, null, "h", 0, "/p", null, null, null)]
    [InlineData("HTTP://h", "http", null, null, null, "h", 0, "", null, null, null)]
    [InlineData("http://h?q", "http", null, null, null, "h", 0, "", "q", null, null)]
    [InlineData("http://h/?q", "http", null, null, null, "h", 0, "/", "q", null, null)]
    [InlineData("http://u:p%40x@h:8080/a/b?c=d&e=%20f#g", "http", null, "u", "p@x", "h", 8080, "/a/b", "c=d&e=%20f",
        "g", null)]
    [InlineData("http://u@v:w@h/", "http", null, "u@v", "w", "h", 0, "/", null, null, null)]
    [InlineData("http://user@h/", "http", null, "user", null, "h", 0, "/", null, null, null)]
    [InlineData("http://user@/", "http", null, "user", null, "", 0, "/", null, null, null)]
    [InlineData("http://[2001:db8::1]/x", "http", null, null, null, "2001:db8::1", 0, "/x", null, null, null)]
    [InlineData("http://[fe80::1%25net0]:81/x", "http", null, null, null, "fe80::1%net0", 81, "/x", null, null, null)]
    [InlineData("http://h:/x", "http", null, null, null, "h", 0, "/x", null, null, null)]
    [InlineData("http://h:0x50/x", "http", null, null, null, "h", 80, "/x", null, null, null)]
    [InlineData("http://h:0120/x", "http", null, null, null, "h", 80, "/x", null, null, null)]
    [InlineData("http://h:65535/x", "http", null, null, null, "h", 65535, "/x", null, null, null)]
    [InlineData("http://h/a%20b", "http", null, null, null, "h", 0, "/a%20b", null, null, null)]
    [InlineData("http://h//twice", "http", null, null, null, "h", 0, "//twice", null, null, null)]
    [InlineData("tftp://h/p?q", "tftp", null, null, null, "h", 0, "/p", "q", null, null)]
    [InlineData("file:x", "file", "x", null, null, null, 0, "", null, null, null)]
    [InlineData("file:/x", "file", null, null, null, null, 0, "/x", null, null, null)]
    [InlineData("file:///x", "file", null, null, null, "", 0, "/x", null, null, null)]
    [InlineData("file://ESP/x", "file", null, null, null, "ESP", 0, "/x", null, null, null)]
    [InlineData("iscsi:10.0.0.1::::iqn.x:y?z", "iscsi", "10.0.0.1::::iqn.x:y?z", null, null, null, 0, "", null, null,
        null)]
    [InlineData("data:,a#b", "data", ",a", null, null, null, 0, "", null, "b", null)]
    [InlineData("x-slam:", "x-slam", "", null, null, null, 0, "", null, null, null)]
    [InlineData("menu.ipxe", null, null, null, null, null, 0, "menu.ipxe", null, null, null)]
    [InlineData("//h/p", null, null, null, null, null, 0, "//h/p", null, null, null)]
    [InlineData("?q", null, null, null, null, null, 0, "", "q", null, null)]
    [InlineData("", null, null, null, null, null, 0, "", null, null, null)]
    [InlineData(":x", null, null, null, null, null, 0, ":x", null, null, null)]
    [InlineData("tftp2://h/x", null, null, null, null, null, 0, "tftp2://h/x", null, null, null)]
    [InlineData("http://h/p##params", "http", null, null, null, "h", 0, "/p", null, null, "")]
    [InlineData("http://h/p##params=mine", "http", null, null, null, "h", 0, "/p", null, null, "mine")]
    [InlineData("http://h/p?q#f##params=mine", "http", null, null, null, "h", 0, "/p", "q", "f", "mine")]
    [InlineData("p##param", null, null, null, null, null, 0, "p", null, "#param", null)]
    public void TheFieldsOfAUriAreThese(string text, string? scheme, string? opaque, string? user, string? password,
        string? host, int port, string path, string? query, string? fragment, string? paramsName)
    {
        BootUri uri = BootUri.Parse(text);
        Assert.Equal(scheme, uri.Scheme);
        Assert.Equal(opaque, uri.Opaque);
        Assert.Equal(user, uri.User);
        Assert.Equal(password, uri.Password);
        Assert.Equal(host, uri.Host);
        Assert.Equal(port, uri.Port ?? 0);
        Assert.Equal(path, uri.Path);
        Assert.Equal(query, uri.Query);
        Assert.Equal(fragment, uri.Fragment);
        Assert.Equal(paramsName, uri.ParamsName);
    }

    [Theory]
    [InlineData("http://[::1/x")]
    [InlineData("http://[::1")]
    [InlineData("http://[::1]x/")]
    [InlineData("http://h:0/x")]
    [InlineData("http://h:65536/x")]
    [InlineData("http://h:99999999999999999999/x")]
    [InlineData("http://h:-1/x")]
    [InlineData("http://h:8o/x")]
    [InlineData("http://h:0x/x")]
    [InlineData("http://h:09/x")]
    [InlineData("http://h: 80/x")]
    [InlineData("http://a b/x")]
    [InlineData("http://h%00/x")]
    [InlineData("http://h%0d%0ax/x")]
    [InlineData("http://h%2fx/x")]
    [InlineData("http://2001:db8::1/x")]
    [InlineData("http://h]/x")]
    public void H10_AMalformedAuthorityIsRefused(string text)
    {
        BootFailure failure = Assert.Throws<BootFailure>(() => BootUri.Parse(text));
        Assert.Same(UriFailure.Malformed, failure.Kind);
    }

    [Fact]
    public void H10_AUriOf64KilobytesIsReadOrRefusedBySize()
    {
        string longest = "http://h/" + new string('a', BootUri.CharactersMax - 9);
        Assert.Equal(longest, BootUri.Parse(longest).Text);
        Assert.Same(UriFailure.TooLong, Assert.Throws<BootFailure>(() => BootUri.Parse(longest + "a")).Kind);
    }

    [Theory]
    [InlineData("%", "%")]
    [InlineData("%4", "%4")]
    [InlineData("%4g", "%4g")]
    [InlineData("%41%", "A%")]
    [InlineData("%e4%c3%a4", "\ufffdä")]
    [InlineData("a%00b", "a\0b")]
    [InlineData("%2525", "%25")]
    public void H10_APercentSignWithoutTwoHexDigitsStandsForItself(string field, string text) =>
        Assert.Equal(text, PercentEncoding.DecodeText(field));

    [Fact]
    public void AMalformedUriDoesNotShowItsPassword()
    {
        BootFailure failure = Assert.Throws<BootFailure>(() => BootUri.Parse("http://user:secret@h:0/"));
        Assert.DoesNotContain("secret", failure.Message);
    }

    [Theory]
    // base, reference, result
    [InlineData("http://h/a/b", "c", "http://h/a/c")]
    [InlineData("http://h/a/b?q", "c?d", "http://h/a/c?d")]
    [InlineData("http://h/a/b?q", "?d", "http://h/a/b?d")]
    [InlineData("http://h/a/b?q", "", "http://h/a/b?q")]
    [InlineData("http://h/a/b?q#f", "#g", "http://h/a/b?q#g")]
    [InlineData("http://h/a/b", "/c", "http://h/c")]
    [InlineData("http://h/a/b", "//x/c", "http://h//x/c")]
    [InlineData("http://h/a/b", "./c", "http://h/a/c")]
    [InlineData("http://h/a/b", "../c", "http://h/c")]
    [InlineData("http://h/a/b/d", "../../c", "http://h/c")]
    [InlineData("http://h/a/b", "../../../c", "http://h/c")]
    [InlineData("http://h/a/b/", "..", "http://h/a/")]
    [InlineData("http://h/a/b/", ".", "http://h/a/b/")]
    [InlineData("http://h/a/b", "..c", "http://h/a/..c")]
    [InlineData("http://h/a/b", ".../c", "http://h/a/.../c")]
    [InlineData("http://h/a/b", "c/../d", "http://h/a/c/../d")]
    [InlineData("http://h", "c", "http://h/c")]
    [InlineData("http://h/", "c", "http://h/c")]
    [InlineData("http://u:p@h:81/a", "c", "http://u:p@h:81/c")]
    [InlineData("http://h/a", "tftp://i/c", "tftp://i/c")]
    [InlineData("http://h/a", "boot.ipxe?mac=52%3A54&x=y:z", "http://h/boot.ipxe?mac=52%3A54&x=y:z")]
    [InlineData("tftp://h/dir/a", "/env/x/vmlinuz", "tftp://h/env/x/vmlinuz")]
    [InlineData("file:autoexec.ipxe", "menu.ipxe", "file:menu.ipxe")]
    [InlineData("file:autoexec.ipxe", "", "file:autoexec.ipxe")]
    [InlineData("file:autoexec.ipxe", "../menu.ipxe", "file:menu.ipxe")]
    [InlineData("file:dir/autoexec.ipxe", "menu.ipxe", "file:dir/menu.ipxe")]
    [InlineData("file:dir/sub/autoexec.ipxe", "../menu.ipxe", "file:dir/menu.ipxe")]
    [InlineData("file:autoexec.ipxe", "/menu.ipxe", "file:/menu.ipxe")]
    [InlineData("file:/dir/autoexec.ipxe", "menu.ipxe", "file:/dir/menu.ipxe")]
    [InlineData("file:/autoexec.ipxe", "//h/p", "file:////h/p")]
    [InlineData("file://ESP/dir/autoexec.ipxe", "menu.ipxe", "file://ESP/dir/menu.ipxe")]
    public void ARelativeReferenceResolvesAgainstTheWorkingUri(string working, string reference, string expected)
    {
        BootUri result = BootUri.Parse(reference).ResolveAgainst(BootUri.Parse(working));
        Assert.Equal(expected, result.Text);
        Assert.Equal(expected, BootUri.Parse(result.Text).Text);
    }

    [Fact]
    public void ARelativeReferenceBringsItsOwnParameters() =>
        Assert.Equal("x",
            BootUri.Parse("a##params=x").ResolveAgainst(BootUri.Parse("http://h/b##params=y")).ParamsName);

    [Theory]
    [InlineData(null)]
    [InlineData("b")]
    [InlineData("data:,x")]
    [InlineData("iscsi:10.0.0.1::::iqn.x:y")]
    public void ARelativeReferenceWithNothingToBeRelativeToIsRefused(string? working)
    {
        BootUri? workingUri = working is null ? null : BootUri.Parse(working);
        BootFailure failure = Assert.Throws<BootFailure>(() => BootUri.Parse("a").ResolveAgainst(workingUri));
        Assert.Same(UriFailure.NoBase, failure.Kind);
    }

    [Theory]
    // text, complete form, shown form
    [InlineData("http://h/a b", "http://h/a%20b", "http://h/a%20b")]
    [InlineData("http://u:p@h:80/a?q#f", "http://u:p@h:80/a?q#f", "http://h:80/a")]
    [InlineData("http://u%3a:p%40@h/", "http://u%3A:p%40@h/", "http://h/")]
    [InlineData("http://[::1]:81/", "http://[::1]:81/", "http://[::1]:81/")]
    [InlineData("http://h/ä", "http://h/%C3%A4", "http://h/%C3%A4")]
    [InlineData("http://h/a\r\nX: y", "http://h/a%0D%0AX:%20y", "http://h/a%0D%0AX:%20y")]
    [InlineData("file:a b", "file:a%20b", "file:a%20b")]
    [InlineData("file:///x", "file:///x", "file:///x")]
    [InlineData("a/b?c", "a/b?c", "a/b")]
    public void AUriIsPrintedEncodedAndShownWithoutSecrets(string text, string complete, string shown)
    {
        BootUri uri = BootUri.Parse(text);
        Assert.Equal(complete, uri.Text);
        Assert.Equal(shown, uri.ToString());
    }

    [Theory]
    [InlineData("10.0.0.1", "boot/x.efi", "tftp://10.0.0.1/boot/x.efi")]
    [InlineData("10.0.0.1", "/boot/x.efi", "tftp://10.0.0.1//boot/x.efi")]
    [InlineData("10.0.0.1", "a?b#c%d e", "tftp://10.0.0.1/a%3Fb%23c%25d%20e")]
    [InlineData("10.0.0.1", "http://h/x?y", "http://h/x?y")]
    [InlineData("10.0.0.1", "file:x", "tftp://10.0.0.1/file:x")]
    [InlineData("fd00::1", "x", "tftp://[fd00::1]/x")]
    [InlineData("", "http://h/x", "http://h/x")]
    public void ServerAndFileNameOfDhcpMakeAUri(string server, string name, string expected) =>
        Assert.Equal(expected, BootUri.FromServerAndFilename(server, name).Text);

    [Fact]
    public void AFileNameWithoutAServerIsRefused() => Assert.Same(UriFailure.NoHost,
        Assert.Throws<BootFailure>(() => BootUri.FromServerAndFilename("", "pxelinux.0")).Kind);

    [Theory]
    [InlineData("http://h/a/vm%20linuz?x", "vm linuz")]
    [InlineData("http://h/a/", "")]
    [InlineData("http://h", "")]
    [InlineData("file:dir/initrd", "initrd")]
    [InlineData("menu.ipxe", "menu.ipxe")]
    public void TheLastSegmentNamesTheFile(string text, string name) =>
        Assert.Equal(name, BootUri.Parse(text).FileName);

    [Fact]
    public void NoSingleCharacterChangeBreaksTheReader()
    {
        const string text = "http://u:p@[::1]:80/a%20b?c#d##params=e";
        for (int i = 0; i < text.Length; i++)
            for (char c = '\0'; c < 130; c++)
                Survive(text[..i] + c + text[(i + 1)..]);
        for (int i = 0; i <= text.Length; i++) Survive(text[..i]);
    }

    [Fact]
    public void WhatIsPrintedIsReadBackTheSame()
    {
        const string alphabet = "http:/ftpile@[]?#%2058.=äp\0";
        var random = new Random(1);
        for (int round = 0; round < 20_000; round++)
        {
            var text = new char[random.Next(24)];
            for (int i = 0; i < text.Length; i++) text[i] = alphabet[random.Next(alphabet.Length)];
            Survive((round & 1) == 0 ? new string(text) : "http://" + new string(text));
        }
    }

    private static void Survive(string text)
    {
        BootUri uri;
        try
        {
            uri = BootUri.Parse(text);
        }
        catch (BootFailure)
        {
            return;
        }
        if (uri.IsAbsolute) Assert.Equal(uri.Text, BootUri.Parse(uri.Text).Text);
    }
}
