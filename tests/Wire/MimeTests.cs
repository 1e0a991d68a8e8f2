using System;
using System.Text;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Wire;

/// <summary>Protects the scripts inside MIME messages (spec/ipxe-compat.md 1.1): what is one, which part is taken, and
/// that messages nobody would write are refused.</summary>
public class MimeTests
{
    internal const string Single = "Content-Type: text/x-ipxe; charset=\"utf-8\"\r\nMIME-Version: 1.0\r\n"
        + "Content-Transfer-Encoding: base64\r\n\r\nIyFpcHhl\r\nCmVjaG8gYQo=\r\n";

    internal const string Multipart = "MIME-Version: 1.0\nContent-Type: multipart/mixed;\n boundary=\"==a b==\"\n\n"
        + "No reader shows this.\n--==a b==\nContent-Type: text/cloud-config\n\nusers: []\n--==a b==\n"
        + "content-type: TEXT/X-IPXE\nContent-Transfer-Encoding: 7bit\n\n#!ipxe\necho b\n\n--==a b==--\nnor this\n";

    [Theory]
    [InlineData(Single, "#!ipxe\necho a\n")]
    [InlineData(Multipart, "#!ipxe\necho b\n")]
    [InlineData("Content-Type:text/x-ipxe\n\n#!ipxe\n--x\n", "#!ipxe\n--x\n")]
    [InlineData("MIME-Version: 1.0\nContent-Transfer-Encoding: 8bit\nContent-Type: text/x-ipxe\n\n#!ipxe\r\n",
        "#!ipxe\r\n")]
    [InlineData("Content-Type: text/x-ipxe\nContent-Transfer-Encoding: BINARY\n\n#!ipxe\n\0", "#!ipxe\n\0")]
    [InlineData("Content-Type: text/x-ipxe\n\n", "")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/x-ipxe\r\n\r\nx\r\n--b--",
        "x")]
    [InlineData("Content-Type: multipart/mixed; charset=x; BOUNDARY = b ; y=z\n\n--b  \nContent-Type: text/x-ipxe\n\nx",
        "x")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\n--bb\nContent-Type: text/x-ipxe\n\nno\n--b\n"
        + "Content-Type: text/x-ipxe\n\nyes\n--bb\n--b-\n--b\n", "yes\n--bb\n--b-")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/x-ipxe\n"
        + "Content-Transfer-Encoding: quoted-printable\n\nno\n--b\nContent-Type: text/x-ipxe\n\nyes\n--b--\n", "yes")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\n--b\nno head\n--b\n\nno type\n--b\n"
        + "Content-Type: text/x-ipxe\n\nyes\n--b--\n", "yes")]
    public void TheScriptIsTakenOut(string message, string script)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(message);
        Assert.True(MimeScript.Recognises(bytes));
        Assert.True(MimeScript.TryRead(bytes, out byte[] read, out ParseError error), $"{error}");
        Assert.Equal(script, Encoding.Latin1.GetString(read));
    }

    [Theory]
    [InlineData("Content-Type: multipart/mixed\n\n--b\nContent-Type: text/x-ipxe\n\nx\n--b--\n", ParseError.BadOption)]
    [InlineData("Content-Type: multipart/mixed; boundary=\n\n--\n\nx\n----\n", ParseError.BadOption)]
    [InlineData("Content-Type: multipart/mixed; boundary=\"\"\n\n--\n\nx\n----\n", ParseError.BadOption)]
    [InlineData("Content-Type: multipart/mixed; boundary=\"b\n\n--b\n\nx\n--b--\n", ParseError.BadOption)]
    [InlineData("Content-Type: multipart/mixed; boundary\n\n--b\n\nx\n--b--\n", ParseError.BadOption)]
    [InlineData("Content-Type: multipart/mixed; x=\"boundary=b\"\n\n--b\n\nx\n--b--\n", ParseError.BadOption)]
    public void X7_AMultipartMessageWithoutBoundaryIsRefused(string message, ParseError reason) =>
        Refuses(message, reason, isRecognised: true);

    [Fact]
    public void X7_ABoundaryLongerThanTheStandardAllowsIsRefused()
    {
        string boundary = new('b', 71);
        Refuses($"Content-Type: multipart/mixed; boundary={boundary}\n\n--{boundary}\nContent-Type: text/x-ipxe\n\nx",
            ParseError.BadOption, isRecognised: true);
    }

    [Theory]
    [InlineData("", ParseError.TooShort, false)]
    [InlineData("#!ipxe\necho", ParseError.BadText, false)]
    [InlineData("Content-Type: text/x-ipxe\n", ParseError.TooShort, false)]
    [InlineData("Content-Type: text/plain\n\n#!ipxe\n", ParseError.BadKind, false)]
    [InlineData("Content-Type: multipart/alternative; boundary=b\n\n--b\n\nx", ParseError.BadKind, false)]
    [InlineData("Content-Type: text/x-ipxe\nno field\n\nx", ParseError.BadText, false)]
    [InlineData("Content-Type: text/x-ipxe\nContent-Transfer-Encoding: uuencode\n\nx", ParseError.BadCode, true)]
    [InlineData("Content-Type: text/x-ipxe\nContent-Transfer-Encoding: base64\n\nIyF*\n", ParseError.BadCode, true)]
    [InlineData("Content-Type: text/x-ipxe\nContent-Transfer-Encoding: base64\n\nIyF\n", ParseError.BadCode, true)]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nx\n--b--\n",
        ParseError.BadKind, true)]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\n--b--\n--b\nContent-Type: text/x-ipxe\n\nx\n",
        ParseError.BadKind, true)]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\n", ParseError.BadKind, true)]
    public void WhatHasNoScriptInItIsRefused(string message, ParseError reason, bool isRecognised) =>
        Refuses(message, reason, isRecognised);

    [Fact]
    public void HeadsPartsAndMessagesWithoutEndAreBounded()
    {
        string many = string.Concat(System.Linq.Enumerable.Repeat("X: y\n", 200));
        Refuses($"Content-Type: text/x-ipxe\n{many}\nx", ParseError.TooMany, isRecognised: false);
        Refuses($"Content-Type: text/x-ipxe\nX: {new string('y', 20_000)}\nZ: z\n\nx", ParseError.TooMany, false);
        string parts = string.Concat(System.Linq.Enumerable.Repeat("--b\n\nx\n", 100));
        Refuses($"Content-Type: multipart/mixed; boundary=b\n\n{parts}--b\nContent-Type: text/x-ipxe\n\nx",
            ParseError.TooMany, isRecognised: true);
        Refuses("Content-Type: text/x-ipxe\n\n" + new string('x', MimeScript.MessageBytesMax), ParseError.TooMany,
            isRecognised: false);
    }

    private static void Refuses(string message, ParseError reason, bool isRecognised)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(message);
        Assert.Equal(isRecognised, MimeScript.Recognises(bytes));
        Assert.False(MimeScript.TryRead(bytes, out byte[] script, out ParseError error));
        Assert.Equal(reason, error);
        Assert.Empty(script);
    }
}
