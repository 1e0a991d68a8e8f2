using System;
using System.Linq;
using System.Text;
using Bootlace.Boot;
using Bootlace.Net;
using Bootlace.Script;
using Bootlace.Tests.Wire;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects archives: unpacked by <c>imgextract</c> or in order to be run, with the memory given back and
/// bombs refused (spec/ipxe-compat.md 1.1 and 2.1).</summary>
public class ArchiveTests
{
    private static readonly byte[] s_kernel = TestPe.Make();
    private static readonly byte[] s_text = ArchiveSamples.Text(1_500_000);
    private static readonly byte[] s_textGzip = ArchiveSamples.Gzip(s_text);
    private static readonly byte[] s_textZstd = ZstdTests.Compress(s_text, "-3");
    private static readonly byte[] s_kernelZstd = ZstdTests.Compress(s_kernel, "-19");

    private readonly BootWorld _world = new();

    public ArchiveTests() =>
        _world.WithFile("http://h/Image.gz", ArchiveSamples.Gzip(s_kernel))
            .WithFile("http://h/Image.zlib", ArchiveSamples.Zlib(s_kernel))
            .WithFile("http://h/Image.zst", s_kernelZstd)
            .WithFile("http://h/Image", s_kernel)
            .WithFile("http://h/text.gz", s_textGzip)
            .WithFile("http://h/text.zst", s_textZstd)
            .WithFile("http://h/other", ArchiveSamples.Gzip(TestPe.Make(PeImage.Arm64)))
            .WithFile("http://h/menu.ipxe.gz", ArchiveSamples.Gzip(
                Encoding.ASCII.GetBytes("#!ipxe\necho in the menu\nimgfree\nimgfetch beside ||\nexit 5\n")))
            .WithFile("http://h/twice.gz.gz", ArchiveSamples.Gzip(ArchiveSamples.Gzip(s_kernel)))
            .WithFile("http://h/thrice", ArchiveSamples.Gzip(ArchiveSamples.Gzip(ArchiveSamples.Gzip(s_kernel))));

    private string Screen => _world.Console.Screen;

    [Theory]
    [InlineData("gz", "gzip")]
    [InlineData("zlib", "zlib")]
    [InlineData("zst", "zstd")]
    public void ACompressedKernelBoots(string suffix, string type)
    {
        Assert.True(Run($"kernel http://h/Image.{suffix} quiet ; initrd http://h/text.gz ; imgstat ; boot").IsSuccess);
        FakeFirmware.StartedImage started = Assert.Single(_world.Firmware.Started);
        Assert.Equal(s_kernel, started.Image);
        Assert.Equal(("Image", "Image quiet", $"http://h/Image.{suffix}"),
            (started.Name, started.CommandLine, started.Uri));
        Assert.Equal(_world.Files["http://h/text.gz"], started.Initrd);   // Linux unpacks that by itself
        Assert.Equal(["initrd.magic", "text.gz"], started.Files.Keys.Order());
        Assert.Contains($"Image.{suffix} : {_world.Files[$"http://h/Image.{suffix}"].Length} bytes [{type}] [SELECTED]",
            Screen);
        Assert.Contains($"Unpacking Image.{suffix}... ok (2 KiB)\n", Screen);
    }

    [Theory]
    [InlineData("imgexec http://h/Image.gz", 0, 1, "Image.gz")]
    [InlineData("imgexec --autofree http://h/Image.gz", 0, 1, "")]
    [InlineData("imgexec http://h/twice.gz.gz", 0, 1, "twice.gz.gz")]
    [InlineData("imgexec http://h/thrice", 0x20090013, 0, "thrice")]
    [InlineData("imgexec http://h/text.gz", 0x2e090001, 0, "text.gz")]
    [InlineData("imgexec http://h/other", 0x2e090003, 0, "other")]
    [InlineData("imgexec -a http://h/other", 0x2e090003, 0, "")]
    [InlineData("chain http://h/menu.ipxe.gz", 5, 0, "")]
    public void OnlyTheArchiveIsLeftAfterwards(string line, uint code, int started, string left)
    {
        Assert.Equal((code, left), RunAndFree(line));
        Assert.Equal(started, _world.Firmware.Started.Count);
    }

    [Fact]
    public void AScriptFromAnArchiveIsRelativeToIt()
    {
        Assert.Equal(5u, Run("chain http://h/menu.ipxe.gz").Code);
        Assert.Equal("http://h/beside", _world.Requests[^1]);
        Assert.Contains("in the menu", Screen);
    }

    [Theory]
    [InlineData("imgextract http://h/text.gz", "text")]
    [InlineData("imgextract http://h/text.zst", "text")]
    [InlineData("imgextract --name n http://h/text.zst", "n")]
    [InlineData("imgfetch http://h/text.gz ; imgextract -k text.gz", "text.gz text")]
    public void WhatIsUnpackedIsAnImageLikeOthers(string line, string names)
    {
        Assert.True(Run($"{line} ; kernel http://h/Image ; boot").IsSuccess, Screen);
        FakeFirmware.StartedImage started = Assert.Single(_world.Firmware.Started);
        Assert.Equal(s_text, started.Files[names.Split(' ')[^1]]);
        Assert.Equal(names.Split(' ').Order(), started.Files.Keys.Where(it => it != "initrd.magic").Order());
        Assert.Equal(s_text, started.Initrd[^s_text.Length..]);
    }

    [Fact]
    public void QuietMeansQuiet()
    {
        Assert.True(Run("imgextract -q http://h/text.gz ; kernel -q http://h/Image.gz ; boot").IsSuccess);
        Assert.DoesNotContain("npacking", Screen);
        Assert.DoesNotContain("http://", Screen);
    }

    [Fact]
    public void WhoVouchesForAnArchiveVouchesForWhatIsInIt()
    {
        string digest = Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(_world.Files["http://h/Image.gz"]));
        Assert.True(Run($"imgtrust ; kernel --sha256 {digest} http://h/Image.gz && boot").IsSuccess, Screen);
        Assert.Equal(0x020d0001u, Run("imgtrust ; kernel http://h/Image.gz && boot").Code);
        Assert.Single(_world.Firmware.Started);
        Assert.True(Run($"imgtrust ; imgfetch --sha256 {digest} http://h/Image.gz && imgextract Image.gz && imgstat")
            .IsSuccess);
        Assert.Contains("Image : 2048 bytes [EFI] [TRUSTED]", Screen);
    }

    [Theory]
    [InlineData("imgextract http://h/Image", 0x3c090010, "Image is no archive")]
    [InlineData("imgextract http://h/bad.gz", 0x1c090011, "bad.gz is damaged")]
    [InlineData("imgextract http://h/half.gz", 0x1c090011, "half.gz is truncated")]
    [InlineData("imgextract http://h/half.zst", 0x1c090011, "half.zst is truncated")]
    [InlineData("imgextract http://h/wide.zst", 0x3c090012, "wide.zst needs a dictionary, or a window of")]
    public void BadArchivesAreNamedAndLeaveNothingBehind(string line, uint code, string output)
    {
        byte[] gzip = _world.Files["http://h/text.gz"], zstd = _world.Files["http://h/text.zst"];
        byte[] bad = (byte[])gzip.Clone();
        bad[^5] ^= 1;
        _world.WithFile("http://h/bad.gz", bad).WithFile("http://h/half.gz", gzip[..^9])
            .WithFile("http://h/half.zst", zstd[..^9])
            .WithFile("http://h/wide.zst", Convert.FromHexString("28b52ffd00d829000068656c6c6f"));
        Assert.Equal((code, line[(line.LastIndexOf('/') + 1)..]), RunAndFree(line));
        Assert.Contains(output, Screen);
    }

    [Theory]
    [InlineData("gz")]
    [InlineData("zst")]
    public void X4_ABombIsRefusedBeforeItFillsTheMemory(string kind)
    {
        // The bomb's own length is not believed (gzip) or too much at once (zstd).
        _world.Firmware.IsCounting = true;
        _world.Firmware.LargestFreeBytes = 64 << 20;
        byte[] zeroes = new byte[100_000_000];
        _world.WithFile(
            $"http://h/bomb.{kind}", kind == "gz" ? ArchiveSamples.Gzip(zeroes) : ZstdTests.Compress(zeroes, "-3"));
        Assert.Equal(0x31090007u, Run($"imgextract http://h/bomb.{kind}").Code);
        Assert.InRange(_world.Firmware.MostHeldBytes, 1, 50 << 20);
        Assert.Contains("does not fit", Screen);
    }

    [Fact]
    public void CtrlCEndsTheUnpackingAndLeavesNothing()
    {
        _world.Pump.Add(new ImpatientUser(_world));
        _world.EmbeddedScript = "#!ipxe\nimgextract http://h/text.gz || imgstat\n";
        _world.Run();
        string after = Screen[Screen.IndexOf("Unpacking", System.StringComparison.Ordinal)..];
        Assert.DoesNotContain("... ok", after);
        Assert.Contains("[0b", after);
        Assert.Contains($"\ntext.gz : {s_textGzip.Length} bytes [gzip]\n", after);
        Assert.DoesNotContain("\ntext : ", after);
    }

    private Status Run(string line) => _world.RunLine(line);

    /// <summary>The status, and the images that were left, which were all that held memory.</summary>
    private (uint Code, string Left) RunAndFree(string line)
    {
        BootSession session = _world.MakeSession();
        Status status = _world.Pump.Run(() => session.Interpreter.RunSingleLineAsync(line, new ScriptFrame(null)));
        string left = string.Join(' ', session.Images.All.Select(it => it.Name));
        foreach (IImage image in session.Images.All.ToList()) session.Images.Free(image);
        Assert.Equal(0, _world.Firmware.PagesHeldBytes);
        return (status.Code, left);
    }

    /// <summary>Types all the time, and presses Ctrl-C as soon as something is being unpacked.</summary>
    private sealed class ImpatientUser(BootWorld world) : IPolled
    {
        public Instant NextDeadline => Instant.Never;

        public bool Poll(Instant now)
        {
            world.Clock.Advance(Duration.FromMilliseconds(2));
            world.Console.Press(0, world.Console.Raw.Contains("Unpacking") ? Key.CtrlC.Code : 'x');
            return false;
        }
    }
}
