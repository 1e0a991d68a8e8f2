using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using Bootlace.Boot;
using Bootlace.Crypto;
using Bootlace.Net;
using Bootlace.San;
using Bootlace.Script;
using Bootlace.Transfer;
using Bootlace.Uefi;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects the failure codes: unique, permanent, explained. docs/failures.md is the list users search; a code
/// that has stood there never changes its meaning and never goes away.</summary>
public class FailureCatalogueTests
{
    private static readonly (string Class, byte Area)[] Areas =
    [
        ("FirmwareFailure", 0x01), ("NetFailure", 0x02), ("LinkFailure", 0x02), ("DhcpFailure", 0x03),
        ("DnsFailure", 0x04),
        ("UriFailure", 0x05), ("TftpFailure", 0x06), ("HttpFailure", 0x07), ("FileFailure", 0x08),
        ("ImageFailure", 0x09),
        ("ScriptFailure", 0x0a), ("SanFailure", 0x0b), ("CryptoFailure", 0x0c), ("TlsFailure", 0x0c),
        ("CertificateFailure", 0x0c), ("SignatureFailure", 0x0d), ("EnvelopeFailure", 0x0d),
        ("NtpFailure", 0x0e),
    ];

    [Fact]
    public void EveryCodeIsUniqueAndInItsArea()
    {
        var seen = new Dictionary<uint, string>();
        foreach ((FieldInfo field, FailureKind kind) in All())
        {
            string name = $"{field.DeclaringType!.Name}.{field.Name}";
            Assert.True(seen.TryAdd(kind.Code, name), $"{name} has the code of {seen.GetValueOrDefault(kind.Code)}");
            byte area = Areas.Single(known => known.Class == field.DeclaringType.Name).Area;
            Assert.True((kind.Code >> 16 & 0xff) == area, $"{name} has the code {kind.Code:x8}, its area is {area:x2}");
            Assert.True(ErrorNumbers().Contains((byte)(kind.Code >> 24)),
                $"{name}: {kind.Code:x8} has no known error number");
        }
        Assert.True(seen.Count > 80);
    }

    [Fact]
    public void NumbersWithinAnAreaAreUniqueToo()
    {
        foreach (var same in All().GroupBy(item => item.Kind.Code & 0xffffff).Where(group => group.Count() > 1))
            Assert.Fail($"{same.Key:x6} is used by {string.Join(" and ", same.Select(item => item.Field.Name))}");
    }

    [Fact]
    public void EveryFailureHasASentenceAndAHintWithoutFullStops()
    {
        foreach ((FieldInfo field, FailureKind kind) in All())
        {
            foreach (string text in new[] { kind.Sentence, kind.Hint })
                Assert.True(text.Length > 5 && !text.EndsWith('.'), $"{field.Name}: '{text}'");
        }
    }

    [Fact]
    public void TheListInDocsIsComplete()
    {
        string path = Path.Combine(RepositoryFolder(), "docs", "failures.md");
        string expected = Render();
        if (Environment.GetEnvironmentVariable("BOOTLACE_WRITE_DOCS") == "1") File.WriteAllText(path, expected);
        string[] listed = File.ReadAllLines(path);
        string[] wanted = expected.TrimEnd('\n').Split('\n');
        foreach (string line in listed.Except(wanted))
            Assert.Fail($"docs/failures.md has a line that no failure matches any more; codes are permanent:\n{line}");
        foreach (string line in wanted.Except(listed))
            Assert.Fail("docs/failures.md lacks this line; 'BOOTLACE_WRITE_DOCS=1 dotnet test tests/Tests.csproj "
                + $"--filter FailureCatalogue' adds it:\n{line}");
    }

    private static string Render()
    {
        var text = new StringBuilder("# Failure codes\n\n");
        text.Append("Every failure is printed as a sentence, its code in brackets and a hint. The first two digits "
            + "are the error\n");
        text.Append("number scripts see in the top byte of `${errno}`, the next two the area. Codes are permanent.\n");
        text.Append("This list is kept complete by tests/Boot/FailureCatalogueTests.cs.\n\n");
        text.Append("| code | what happened | what to look at |\n|---|---|---|\n");
        foreach ((_, FailureKind kind) in All().OrderBy(item => item.Kind.Code & 0xffffff))
            text.Append($"| {kind.Code:x8} | {Capital(kind.Sentence)} | {Capital(kind.Hint)} |\n");
        return text.ToString();
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..].Replace("|", "\\|");

    private static IEnumerable<(FieldInfo Field, FailureKind Kind)> All()
    {
        Type[] layers = [typeof(BootFailure), typeof(NetFailure), typeof(UriFailure), typeof(ScriptFailure),
            typeof(ImageFailure), typeof(UefiFirmware), typeof(SanFailure), typeof(CryptoFailure)];
        foreach (Type layer in layers)
        {
            foreach (Type type in layer.Assembly.GetTypes())
            {
                foreach (FieldInfo field in type.GetFields(BindingFlags.Static | BindingFlags.Public))
                {
                    if (field.FieldType == typeof(FailureKind))
                        yield return (field, (FailureKind)field.GetValue(null)!);
                }
            }
        }
    }

    private static HashSet<byte> ErrorNumbers() =>
        typeof(ErrorNumber).GetFields().Select(field => (byte)field.GetRawConstantValue()!).ToHashSet();

    private static string RepositoryFolder()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Loader.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("the tests do not run inside the repository");
    }
}
