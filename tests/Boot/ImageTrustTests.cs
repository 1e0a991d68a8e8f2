using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Bootlace.Script;
using Bootlace.Tests.Support;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects who is let in: <c>imgtrust</c>, pinned digests, manifests, and the word UNVERIFIED.</summary>
public class ImageTrustTests
{
    private static readonly TestIdentity s_signer = TestIdentity.Make("release", TestIdentity.Make("root"));

    private readonly BootWorld _world = new();
    private readonly byte[] _kernel = TestPe.Make();
    private readonly byte[] _initrd = RandomBytes(300_000);

    public ImageTrustTests() =>
        _world.WithFile("http://h/b/vmlinuz", _kernel).WithFile("http://h/b/initrd.img", _initrd)
            .WithFile("http://h/b/menu.ipxe", "#!ipxe\necho in the menu");

    private string Screen => _world.Console.Screen;

    [Fact]
    public void WithoutAWordAboutTrustNothingIsNamed()
    {
        Assert.True(Run("kernel http://h/b/vmlinuz ; initrd http://h/b/initrd.img ; boot").IsSuccess, Screen);
        Assert.DoesNotContain("UNVERIFIED", Screen);
        Assert.Single(_world.Firmware.Started);
    }

    [Fact]
    public void OnceTrustIsConfiguredTheUnverifiedIsNamedAndBooted()
    {
        Assert.True(Run("imgtrust --allow ; kernel http://h/b/vmlinuz ; initrd http://h/b/initrd.img ; imgstat ; boot")
            .IsSuccess, Screen);
        Assert.Contains("vmlinuz : 2048 bytes [EFI] [SELECTED] [UNVERIFIED]\n", Screen);
        Assert.Contains("UNVERIFIED: vmlinuz\nUNVERIFIED: initrd.img\n", Screen);
        Assert.Single(_world.Firmware.Started);
    }

    [Theory]
    [InlineData("kernel http://h/b/vmlinuz && boot")]
    [InlineData("chain http://h/b/menu.ipxe")]
    [InlineData("imgexec http://h/b/vmlinuz")]
    public void ImgtrustRefusesWhatNobodyVouchesFor(string line)
    {
        Assert.Equal(0x020d0001u, Run("imgtrust ; " + line).Code);
        Assert.Empty(_world.Firmware.Started);
        Assert.DoesNotContain("in the menu", Screen);
    }

    [Fact]
    public void ImgtrustRefusesAnInitrdThatNobodyVouchesForToo()
    {
        string line = $"imgtrust ; kernel --sha256 {Hex(_kernel)} http://h/b/vmlinuz && "
            + "initrd http://h/b/initrd.img && boot";
        Assert.Equal(0x020d0001u, Run(line).Code);
        Assert.Contains("Nobody vouches for initrd.img", Screen);
        Assert.Empty(_world.Firmware.Started);
    }

    [Fact]
    public void ImgtrustCanBeTakenBackUnlessItIsPermanent()
    {
        Assert.True(Run("imgtrust ; imgtrust --allow ; chain http://h/b/menu.ipxe").IsSuccess);
        Assert.Equal(0x410d0002u, Run("imgtrust --permanent ; imgtrust --allow").Code);
        Assert.Equal(0x020d0001u, Run("imgtrust -p ; imgtrust -a || chain http://h/b/menu.ipxe").Code);
        Assert.True(Run("imgtrust -p && imgtrust").IsSuccess);
        Assert.Equal(0x410d0002u, Run("imgtrust -p ; imgtrust ; imgtrust -a").Code);
    }

    [Fact]
    public void ASignedImageIsLetIn()
    {
        Sign("http://h/b/vmlinuz", _kernel);
        Assert.True(Run("imgtrust ; kernel http://h/b/vmlinuz && imgverify vmlinuz http://h/b/vmlinuz.sig && boot")
            .IsSuccess, Screen);
        Assert.Single(_world.Firmware.Started);
        Assert.Contains("Signed by release\n", Screen);
        Assert.DoesNotContain("UNVERIFIED", Screen);
    }

    [Fact]
    public void AnImageWithABadSignatureStaysUnverified()
    {
        Sign("http://h/b/vmlinuz", _initrd);
        Assert.Equal(0x020d0001u, Run(
            "imgtrust ; kernel http://h/b/vmlinuz && imgverify vmlinuz http://h/b/vmlinuz.sig || boot").Code);
        Assert.Contains("[020d0010]", Screen);
        Assert.Empty(_world.Firmware.Started);
    }

    [Fact]
    public void APinnedImageIsLetInAndTheRightOneOnly()
    {
        string line = $"imgtrust ; kernel --sha256 {Hex(_kernel)} http://h/b/vmlinuz && "
            + $"initrd --sha256 {Hex(_initrd)} http://h/b/initrd.img && imgstat && boot";
        Assert.True(Run(line).IsSuccess, Screen);
        Assert.Contains("initrd.img : 300000 bytes [data] [TRUSTED]\n", Screen);
        Assert.Equal(_initrd, _world.Firmware.Started[0].Initrd[..300_000]);

        _initrd[200_000] ^= 1;
        Assert.Equal(0x020d0003u, Run(line).Code);
        Assert.Single(_world.Firmware.Started);
        Assert.Contains($"http://h/b/initrd.img has the SHA-256 {Hex(_initrd)[..8]}..., --sha256 says ", Screen);
    }

    [Fact]
    public void WhatCameBeforeATransferBeganAnewDoesNotCount()
    {
        _world.BeginsAnew = true;
        Assert.True(Run($"imgtrust ; kernel --sha256 {Hex(_kernel)} http://h/b/vmlinuz && boot").IsSuccess, Screen);
        Assert.Equal(_kernel, _world.Firmware.Started[0].Image);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    public void OneWrongDigitIsEnough(int at)
    {
        char[] digits = Hex(_kernel).ToCharArray();
        digits[at] = digits[at] == '0' ? '1' : '0';
        Assert.Equal(0x020d0003u, Run($"kernel --sha256 {new string(digits)} http://h/b/vmlinuz").Code);
    }

    [Fact]
    public void AnImageThatIsThereIsComparedToo()
    {
        Assert.Equal(0x020d0003u,
            Run($"imgfetch http://h/b/vmlinuz && kernel --sha256 {Hex(_initrd)} vmlinuz").Code);
        Assert.True(
            Run($"imgtrust ; imgfetch http://h/b/vmlinuz && kernel --sha256 {Hex(_kernel)} vmlinuz && boot").IsSuccess);
    }

    [Fact]
    public void AManifestLetsInWhatItListsAndNothingElse()
    {
        Manifest($"# of today\n{Hex(_kernel)}  vmlinuz\r\n\n{Hex(_initrd)} *./initrd.img\n");
        _world.WithFile("http://h/b/vmlinuz?x=1", _kernel).WithFile("http://H:80/b/initrd.img", _initrd);
        Assert.True(Run("manifest http://h/b/SUMS && imgtrust && kernel http://h/b/vmlinuz?x=1 && "
            + "initrd http://H:80/b/initrd.img && boot").IsSuccess, Screen);
        Assert.Contains("SUMS: 2 files may be fetched\n", Screen);
        Assert.DoesNotContain("UNVERIFIED", Screen);
        Assert.Single(_world.Firmware.Started);

        Assert.Equal(0x020d0004u, Run("manifest http://h/b/SUMS && chain http://h/b/menu.ipxe").Code);
        Assert.DoesNotContain("http://h/b/menu.ipxe", _world.Requests);
        _initrd[0] ^= 1;
        Assert.Equal(0x020d0005u, Run("manifest http://h/b/SUMS && initrd http://h/b/initrd.img").Code);
        Assert.Contains($"http://h/b/initrd.img has the SHA-256 {Hex(_initrd)[..8]}..., the manifest says ", Screen);
    }

    [Fact]
    public void AFileInThePlaceOfAnotherIsRefused()
    {
        Manifest($"{Hex(_kernel)}  vmlinuz\n{Hex(_initrd)}  initrd.img\n");
        _world.WithFile("http://h/b/vmlinuz", _initrd).WithFile("http://h/other/vmlinuz", _kernel);
        Assert.Equal(0x020d0005u, Run("manifest http://h/b/SUMS && kernel http://h/b/vmlinuz").Code);
        Assert.Equal(0x020d0004u, Run("manifest http://h/b/SUMS && kernel http://h/other/vmlinuz").Code);
        Assert.Equal(0x020d0004u, Run("manifest http://h/b/SUMS && kernel http://h:81/b/vmlinuz").Code);
        Assert.Equal(0x020d0004u, Run("manifest http://h/b/SUMS && kernel http://g/b/vmlinuz").Code);
        Assert.Equal(0x020d0004u, Run("manifest http://h/b/SUMS && kernel tftp://h:80/b/vmlinuz").Code);
    }

    [Theory]
    [InlineData("http://h/b/vmlinuz")]
    [InlineData("/b/vmlinuz")]
    [InlineData("../b/vmlinuz")]
    [InlineData("./vmlinuz")]
    [InlineData("http://h:80/b/vmlinuz")]
    public void NamesMeanWhatTheyWouldMeanInAScriptBesideTheList(string name)
    {
        Manifest($"{Hex(_kernel)}  {name}\n");
        Assert.True(Run("manifest http://h/b/SUMS && kernel http://h/b/vmlinuz").IsSuccess, Screen);
    }

    [Fact]
    public void NamesAreFileNamesNotUris()
    {
        byte[] file = [1, 2, 3];
        _world.WithFile("http://h/b/a%20%25b:%23%3fc%5c", file);
        Manifest($"\\{Hex(file)}  a %b:#?c\\\\\n");
        Assert.True(Run("manifest http://h/b/SUMS && imgfetch http://h/b/a%20%25b:%23%3fc%5c").IsSuccess, Screen);
    }

    [Fact]
    public void AManifestMustBeSigned()
    {
        Assert.NotEqual(0u, Run("manifest http://h/b/SUMS").Code);
        Manifest($"{Hex(_kernel)}  vmlinuz\n");
        _world.WithFile("http://h/b/SUMS", $"{Hex(_initrd)}  vmlinuz\n");
        Assert.Equal(0x020d0010u, Run("manifest http://h/b/SUMS").Code);
        Manifest($"{Hex(_kernel)}  vmlinuz\n");
        Assert.Equal(0x020d000eu, Run("manifest --signer somebody http://h/b/SUMS").Code);
        Assert.True(Run("manifest --signer release http://h/b/SUMS && imgstat").IsSuccess);
    }

    [Fact]
    public void ListsAddUpAndMayNotContradict()
    {
        Manifest($"{Hex(_kernel)}  vmlinuz\n");
        Manifest($"{Hex(_kernel)}  vmlinuz\n{Hex(_initrd)}  initrd.img\n", "http://h/b/MORE");
        Manifest($"{Hex(_initrd)}  vmlinuz\n", "http://h/b/OTHER");
        Assert.True(Run("manifest http://h/b/SUMS && manifest http://h/b/MORE && kernel http://h/b/vmlinuz && "
            + "initrd http://h/b/initrd.img").IsSuccess, Screen);
        Assert.Equal(0x140d0007u, Run("manifest http://h/b/SUMS && manifest http://h/b/OTHER").Code);
        Assert.Equal(0x020d0004u, Run("manifest http://h/b/SUMS ; manifest http://h/b/OTHER || "
            + "initrd http://h/b/initrd.img").Code);
        Manifest($"{Hex(_initrd)}  initrd.img\n{Hex(_initrd)}  vmlinuz\n", "http://h/b/HALF");
        Assert.Equal(0x020d0004u, Run("manifest http://h/b/SUMS ; manifest http://h/b/HALF || "
            + "initrd http://h/b/initrd.img").Code);   // all of a list counts or nothing
        Manifest($"{Hex(_initrd)}  vmlinuz\n{Hex(_kernel)}  vmlinuz\n", "http://h/b/TWICE");
        Assert.Equal(0x140d0007u, Run("manifest http://h/b/TWICE").Code);
    }

    [Fact]
    public void APinnedDigestCountsBeforeTheManifest()
    {
        Manifest($"{Hex(_kernel)}  vmlinuz\n");
        Assert.True(Run($"manifest http://h/b/SUMS && initrd --sha256 {Hex(_initrd)} http://h/b/initrd.img").IsSuccess);
    }

    [Theory]
    [InlineData("hello\n")]
    [InlineData("SHA256 (vmlinuz) = 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\n")]
    [InlineData("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\n")]
    [InlineData("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08  \n")]
    [InlineData("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a0  vmlinuz\n")]
    [InlineData("\\9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08  a\\b\n")]
    [InlineData("\\9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08  a\\\n")]
    public void AListThatIsNoneIsRefused(string line)
    {
        Manifest($"{Hex(_kernel)}  vmlinuz\n{line}");
        Assert.Equal(0x1c0d0006u, Run("manifest http://h/b/SUMS").Code);
        Assert.Contains("Line 2 of http://h/b/SUMS is no", Screen);
    }

    [Fact]
    public void AListHasItsLimits()
    {
        string comment = "#" + new string('x', (4 << 20) - 1);
        Manifest(comment);
        Assert.True(Run("manifest http://h/b/SUMS").IsSuccess, Screen);
        Manifest(comment + "\n");
        Assert.Equal(0x230d0008u, Run("manifest http://h/b/SUMS").Code);
        string lines = string.Concat(Enumerable.Range(0, 16_384).Select(i => $"{Hex(_kernel)}  {i}\n"));
        Manifest(lines);
        Assert.True(Run("manifest http://h/b/SUMS").IsSuccess, Screen);
        Manifest(lines + $"{Hex(_kernel)}  one more\n");
        Assert.Equal(0x230d0008u, Run("manifest http://h/b/SUMS").Code);
    }

    [Fact]
    public void ARamDiskMustBeListedToo()
    {
        Manifest($"{Hex(_kernel)}  vmlinuz\n");
        Assert.Equal(0x020d0004u, Run("manifest http://h/b/SUMS && sanboot --ram http://h/b/initrd.img").Code);
        Manifest($"{Hex(_kernel)}  initrd.img\n");
        Assert.Equal(0x020d0005u, Run("manifest http://h/b/SUMS && sanboot --ram http://h/b/initrd.img").Code);
        Assert.Empty(_world.Disks.Starts);
    }

    [Fact]
    public void ADiskIsNamedUnlessAManifestListsAllOfIt()
    {
        Run("sanboot --ram http://h/b/initrd.img");
        Assert.DoesNotContain("UNVERIFIED", Screen);
        Manifest($"{Hex(_initrd)}  initrd.img\n");
        Run("manifest http://h/b/SUMS && sanboot --ram http://h/b/initrd.img");
        Assert.DoesNotContain("UNVERIFIED", Screen);
        Run("imgtrust --allow ; sanboot --ram http://h/b/initrd.img");
        Assert.Contains("UNVERIFIED: drive 0x80\n", Screen);
        Assert.Equal(3, _world.Disks.Starts.Count);
    }

    [Theory]
    [InlineData("sanboot --ram http://h/b/initrd.img")]
    [InlineData("sanboot http://h/b/disk.img")]
    [InlineData("sanhook --drive 0x81 http://h/b/disk.img && sanboot --drive 0x81")]
    [InlineData("sanhook --drive 0x81 http://h/b/disk.img && sanboot --drive 0")]
    public void ImgtrustRefusesToBootFromAFileThatNobodyVouchesFor(string line)
    {
        Assert.Equal(0x020d0001u, RunOnline("imgtrust --permanent ; " + line).Code);
        Assert.Contains("Nobody vouches for drive 0x8", Screen);
        Assert.Empty(_world.Disks.Starts);
        RunOnline(line);
        Assert.Single(_world.Disks.Starts);
    }

    [Fact]
    public void ImgtrustLetsInADiskThatIsListedAndTargets()
    {
        Manifest($"{Hex(_initrd)}  initrd.img\n");
        RunOnline("manifest http://h/b/SUMS && imgtrust && sanboot --ram http://h/b/initrd.img");
        Assert.DoesNotContain("UNVERIFIED", Screen);
        RunOnline("imgtrust ; sanboot iscsi:10.0.2.77::::iqn.x:y");
        Assert.Contains("UNVERIFIED: drive 0x80\n", Screen);
        // The other one is there, and is not what is started.
        RunOnline("imgtrust ; sanhook -d 0x81 http://h/b/disk.img ; sanboot -d 0x80 iscsi:10.0.2.77::::iqn.x:y");
        Assert.Equal(3, _world.Disks.Starts.Count);
    }

    [Fact]
    public void UnderImgtrustAProgramDoesNotSeeWhatNobodyVouchesFor()
    {
        _world.WithFile("http://h/b/grubx64.efi", TestPe.Make());
        string line = $"kernel http://h/b/grubx64.efi ; kernel --sha256 {Hex(_kernel)} http://h/b/vmlinuz && "
            + $"initrd --sha256 {Hex(_initrd)} http://h/b/initrd.img && boot";
        Assert.True(Run("imgtrust ; " + line).IsSuccess, Screen);
        Assert.Equal(["initrd.img", "initrd.magic"], [.. _world.Firmware.Started[0].Files.Keys.Order()]);
        Assert.True(Run("imgtrust --allow ; " + line).IsSuccess, Screen);
        Assert.Contains("grubx64.efi", _world.Firmware.Started[1].Files.Keys);
    }

    [Fact]
    public void UnderImgtrustNobodyBecomesARootByAFileThatNobodyVouchesFor()
    {
        _world.WithFile("http://h/b/ca.pem", s_signer.Pem);
        Assert.Equal(0x020d0001u, Run("imgtrust ; certstore --trust http://h/b/ca.pem").Code);
        Assert.Empty(_world.Trust.Certificates);
        Assert.True(Run("imgtrust ; certstore http://h/b/ca.pem").IsSuccess);   // it may stand between
        Assert.True(Run($"imgtrust ; imgfetch --sha256 {Hex(_world.Files["http://h/b/ca.pem"])} http://h/b/ca.pem && "
            + "certstore --trust ca.pem").IsSuccess, Screen);
        Assert.False(_world.Trust.IsEmpty);
        Assert.True(Run("imgtrust --allow ; certstore --trust http://h/b/ca.pem").IsSuccess);
        Assert.Contains("UNVERIFIED: ca.pem\n", Screen);
    }

    [Fact]
    public void ADiskReadInPartsIsNoFileOfAManifest()
    {
        Manifest($"{Hex(_initrd)}  initrd.img\n");
        Assert.Equal(0x020d0004u, Run("manifest http://h/b/SUMS && sanhook http://h/b/initrd.img").Code);
        Assert.Contains("fetch it by --ram", Screen);
    }

    [Fact]
    public void DigestsAreThoseOfTheFile()
    {
        Assert.True(Run("imgfetch http://h/b/initrd.img && md5sum initrd.img && sha1sum initrd.img && "
            + "sha256sum initrd.img && sha384sum initrd.img && sha512sum initrd.img").IsSuccess);
        Assert.Contains($"{Convert.ToHexStringLower(MD5.HashData(_initrd))}  initrd.img\n", Screen);
        Assert.Contains($"{Convert.ToHexStringLower(SHA1.HashData(_initrd))}  initrd.img\n", Screen);
        Assert.Contains($"{Hex(_initrd)}  initrd.img\n", Screen);
        Assert.Contains(Convert.ToHexStringLower(SHA384.HashData(_initrd)), Screen.Replace("\n", ""));
        Assert.Contains(Convert.ToHexStringLower(SHA512.HashData(_initrd)), Screen.Replace("\n", ""));
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[] RandomBytes(int count)
    {
        byte[] bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        return bytes;
    }

    private void Manifest(string text, string uri = "http://h/b/SUMS")
    {
        _world.WithFile(uri, text);
        Sign(uri, Encoding.UTF8.GetBytes(text));
    }

    private void Sign(string uri, byte[] file)
    {
        using var openssl = new OpenSsl();
        _world.WithFile(uri + ".sig", openssl.Sign(file, s_signer));
    }

    private Status Run(string line) => _world.RunLine(line);

    private Status RunOnline(string line)
    {
        if (_world.Network.Interfaces.Count == 0) _world.WithCard();
        return Run("set initiator-iqn iqn.us ; set net0/ip 10.0.2.15 ; set net0/netmask 255.255.255.0 ; ifopen ; "
            + line);
    }
}
