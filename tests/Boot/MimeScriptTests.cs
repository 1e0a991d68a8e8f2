using System.Text;
using Bootlace.Boot;
using Bootlace.Tests.Wire;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects scripts that come inside MIME messages, as user data of clouds does: they run, relative names mean
/// the same in them, and a message without one says why.</summary>
public class MimeScriptTests
{
    private readonly BootWorld _world = new();

    private string Screen => _world.Console.Screen;

    [Theory]
    [InlineData(MimeTests.Single, "a\n")]
    [InlineData(MimeTests.Multipart, "b\n")]
    public void AScriptInsideAMessageRuns(string message, string output)
    {
        Run("chain http://h/data/user-data && echo fine\nimgstat", message);
        Assert.Contains($"{output}fine\nuser-data : {message.Length} bytes [script]\n", Screen);
    }

    [Fact]
    public void RelativeNamesInItAreRelativeToTheMessage()
    {
        _world.WithFile("http://h/data/next", "#!ipxe\necho next of ${cwuri}\n");
        Run("chain http://h/data/user-data", "Content-Type: text/x-ipxe\n\n#!ipxe\nchain next\n");
        Assert.Contains("next of http://h/data/next\n", Screen);
    }

    [Fact]
    public void TheScriptIsTakenOutLikeAFileOutOfAnArchive()
    {
        Run("imgextract --name script http://h/data/user-data && imgstat && chain script", MimeTests.Multipart);
        Assert.Contains("\nscript : 14 bytes [script]\nb\n", Screen);
    }

    [Theory]
    [InlineData("#!ipxe\necho b\n", "[3c090")]
    [InlineData("Content-Type: text/x-ipxe\n\necho b\n", "[2e090040]")]
    public void WhereThereIsNoneNothingIsTakenOut(string file, string code)
    {
        Run("imgextract http://h/data/user-data ||\nimgstat", file);
        Assert.Contains(code, Screen);
        Assert.Contains($"user-data : {file.Length} bytes", Screen);
    }

    [Theory]
    [InlineData("Content-Type: multipart/mixed\n\n--b\nContent-Type: text/x-ipxe\n\n#!ipxe\n--b--\n",
        "user-data: the message says multipart, but not where its parts end [2e090040] - ")]
    [InlineData("Content-Type: text/x-ipxe\nContent-Transfer-Encoding: base64\n\n!\n",
        "user-data: the script is in an encoding that is not known, or damaged [2e090040] - ")]
    [InlineData("Content-Type: text/x-ipxe\n\necho no magic\n",
        "user-data: the message has no script in it [2e090040] - ")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nx\n--b--\n",
        "user-data: the message has no script in it [2e090040] - ")]
    [InlineData("Content-Type: text/plain\n\n#!ipxe\n", "[2e090")]
    public void X7_AMessageWithoutAScriptSaysWhy(string message, string output)
    {
        Run("chain http://h/data/user-data || echo ${errno}", message);
        Assert.Contains(output, Screen);
        Assert.Contains("\n0x2e090", Screen);
    }

    private void Run(string script, string message)
    {
        _world.WithFile("http://h/data/user-data", Encoding.Latin1.GetBytes(message));
        _world.EmbeddedScript = "#!ipxe\n" + script;
        _world.Run();
    }
}
