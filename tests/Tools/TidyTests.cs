using System.Collections.Generic;
using System.Linq;
using Bootlace.Tidy;
using Xunit;

namespace Bootlace.Tests.Tools;

/// <summary>Protects the rules themselves: each one sees its breach, and leaves good code alone.</summary>
public sealed class TidyTests
{
    private const string Layers =
        "<Project><ItemGroup><Layer Include=\"Wire\" MayUse=\"\" /><Layer Include=\"Net\" MayUse=\"Wire\" />"
        + "</ItemGroup></Project>\n";

    public static TheoryData<string, string, string> Breaches => new()
    {
        { "src/Net/A.cs", "\tint a;\n", "a tab" },
        { "src/Net/A.cs", "int a; \n", "at the end of the line" },
        { "src/Net/A.cs", "int a;", "no line feed" },
        { "src/Net/A.cs", $"// {new string('x', 118)}\n", "121 columns" },
        { "src/Net/A.cs", string.Concat(Enumerable.Repeat("//\n", 500)), "500 at most" },
        { "src/Net/A.cs", "// TO" + "DO later\n", "finish it" },
        { "README.md", "from deb" + ".debian.org\n", "registry's host" },
        { "src/Net/A.cs", "public class PacketManager\n", "name it after what it does" },
        { "src/Net/A.cs", "public sealed class B\n", "name the file after" },
        { "src/Wire/A.cs", "using Bootlace.Net;\n", "Wire may not use Net" },
        { "src/Wire/Wire.csproj", "<ProjectReference Include=\"../Net/Net.csproj\" />\n", "Wire may not use Net" },
        { "src/Other/A.cs", "\n", "Other is not a layer" },
        { "src/Net/A.cs", "public unsafe struct A\n", "unsafe code" },
        { "qemu/A.csproj", "<AllowUnsafeBlocks>true</AllowUnsafeBlocks>\n", "unsafe code" },
        { "tests/Net/ATests.cs", "Thread" + ".Sleep(1);\n", "the wall clock" },
        { "tests/Net/ATests.cs", "[Fact(Skip" + " = \"later\")]\n", "a skipped test" },
        { "tests/Net/ATests.cs", "public sealed class ATests\n", "what it protects" },
        { "tests/A.csproj", "\n", "not in Loader.sln" },
    };

    [Theory]
    [MemberData(nameof(Breaches))]
    public void EachBreachIsSeen(string path, string text, string complaint) =>
        Assert.Contains(Judge(path, text), it => it.Text.Contains(complaint) && !it.IsWarning);

    [Theory]
    [InlineData("src/Net/A.cs", "using Bootlace.Wire;\n\npublic sealed class A\n{\n}\n")]
    [InlineData("src/Uefi/Raw/A.cs", "public unsafe struct A\n")]
    [InlineData("tests/Net/ATests.cs", "/// <summary>Protects A.</summary>\n[Trait]\npublic sealed class ATests\n")]
    [InlineData("tests/Scenarios/A.cs", "Task" + ".Delay(1);\n")]
    [InlineData("src/Net/A.Part.cs", "public sealed partial class A\n")]
    public void GoodCodeIsLeftAlone(string path, string text) =>
        Assert.DoesNotContain(Judge(path, text), it => !it.Text.Contains("is not a layer"));

    [Fact]
    public void LongCommentsFlowIntoTheirNextLine()
    {
        string words = string.Join(' ', Enumerable.Repeat("word", 24));   // 119 characters
        Assert.Equal(
            $"/// {words[..114]}\n/// word short\n",
            CommentWrap.Repair($"/// {words}\n/// short\n"));
    }

    private static IReadOnlyList<Complaint> Judge(string path, string text) => TidyRun.Judge(new SourceTree(
    [
        new SourceFile("src/Layers.targets", Layers), new SourceFile("Loader.sln", "\n"), new SourceFile(path, text),
    ]));
}
