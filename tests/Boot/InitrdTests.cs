using System;
using System.Collections.Generic;
using System.Text;
using Bootlace.Boot;
using Bootlace.Transfer;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects what Linux gets as its initrd: order, alignment, archive members, and nothing that was not asked
/// for (spec/ipxe-compat.md 7.5).</summary>
public class InitrdTests
{
    private readonly FakeFirmware _firmware = new();

    [Fact]
    public void EveryFileStartsAtAMultipleOf4096WithZerosBetween()
    {
        byte[] initrd = Assemble(Module("a", 5000), Module("b", 4096), Module("c", 1));
        Assert.Equal(8192 + 4096 + 1, initrd.Length);
        Assert.Equal(Bytes("a", 5000), initrd[..5000]);
        Assert.All(initrd[5000..8192], b => Assert.Equal(0, b));
        Assert.Equal(Bytes("b", 4096), initrd[8192..12288]);
        Assert.Equal(Bytes("c", 1), initrd[12288..]);
    }

    [Fact]
    public void NoModuleMeansNoInitrdAtAll() => Assert.Empty(Assemble());

    [Fact]
    public void APlainFileIsServedAsItIsWithoutACopy()
    {
        Image image = Module("a", 10_000);
        Assert.Equal([image.Content.Pieces[0]], Initrd.Assemble([image]));
    }

    [Theory]
    [InlineData("/ks.cfg", "ks.cfg 100644")]
    [InlineData("ks.cfg mode=755", "ks.cfg 100755")]
    [InlineData("/etc/x/y mode=0600", "etc/x/y 100600")]
    [InlineData("/etc/x/y mkdir=1", "etc/x 40755,etc/x/y 100644")]
    [InlineData("/etc/x/y mkdir=-1", "etc 40755,etc/x 40755,etc/x/y 100644")]
    [InlineData("/etc/x/y mkdir=9 mode=4755", "etc 40755,etc/x 40755,etc/x/y 104755")]
    [InlineData("/etc/x/y mkdir=0", "etc/x/y 100644")]
    [InlineData("type=rootfs", "type=rootfs 100644")]
    [InlineData("y whatever words", "y 100644")]
    public void AFileWithACommandLineBecomesAnArchiveMember(string words, string members)
    {
        byte[] archive = Assemble(Module("first", 10), Module("x", 1001, words))[4096..];
        Assert.Equal(members, Describe(archive, out byte[] content));
        Assert.Equal(Bytes("x", 1001), content);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("y mode=9")]
    [InlineData("y mode=")]
    [InlineData("y mode=17777")]
    [InlineData("y mode=0x1")]
    [InlineData("y mkdir=two")]
    public void WordsThatMakeNoMemberFailTheBootWithASentence(string words)
    {
        var failure = Assert.Throws<BootFailure>(() => Assemble(Module("x", 1, words)));
        Assert.Equal(ImageFailure.BadMember, failure.Kind);
    }

    [Fact]
    public void X3_AVeryLongMemberNameIsRefusedAndTheLongestTaken()
    {
        Assert.Throws<BootFailure>(() => Assemble(Module("x", 1, new string('n', 4096))));
        Assert.Equal($"{new string('n', 4095)} 100644",
            Describe(Assemble(Module("x", 1, new string('n', 4095))), out _));
    }

    [Theory]
    [InlineData("root=/dev/ram0", "a b c")]
    [InlineData("initrd=initrd.magic", "a b c")]
    [InlineData("initrd=a", "a c")]
    [InlineData("initrd=b initrd=a", "b a c")]
    [InlineData("initrd=b,a", "b a c")]
    [InlineData("initrd=\\A", "a c")]
    [InlineData("initrd=c", "c")]
    [InlineData("initrd=a initrd=unknown", "a b c")]
    [InlineData("initrd=initrd.magic initrd=a", "a b c")]
    [InlineData("xinitrd=a", "a b c")]
    public void TheKernelLineMayChooseAmongPlainFiles(string line, string expected)
    {
        var names = new List<string>();
        foreach (Image image in Initrd.Choose([Module("a", 1), Module("b", 1), Module("c", 1, "/c")], line))
            names.Add(image.Name);
        Assert.Equal(expected, string.Join(' ', names));
    }

    private byte[] Assemble(params Image[] images) => FakeFirmware.Join(Initrd.Assemble(images));

    private Image Module(string name, int length, string? words = null)
    {
        var content = new ImageContent(_firmware);
        content.Append(Bytes(name, length));
        return new Image(name, BootUri.Parse("http://h/" + name), content, ImageKind.Data)
        {
            CommandLine = words,
            IsModule = true,
        };
    }

    private static byte[] Bytes(string name, int length)
    {
        byte[] bytes = new byte[length];
        new Random(name[0] * 65536 + length).NextBytes(bytes);
        return bytes;
    }

    private static string Describe(ReadOnlySpan<byte> archive, out byte[] lastContent)
    {
        var members = new List<string>();
        lastContent = [];
        while (archive.Length > 0)
        {
            Assert.True(NewcView.TryRead(archive, out NewcView member, out ParseError error), error.ToString());
            members.Add($"{Encoding.UTF8.GetString(member.Name)} {Convert.ToString(member.Mode, 8)}");
            lastContent = member.Data.ToArray();
            archive = archive[member.Bytes..];
        }
        return string.Join(',', members);
    }
}
