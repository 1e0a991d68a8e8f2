using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Boot;
using Bootlace.Script;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects what <c>imgdecrypt</c> takes and refuses, with envelopes made by the real openssl command; and
/// that what is refused is left as it was.</summary>
[Collection(NativeTests.Name)]
public class DecryptionTests
{
    private static readonly byte[] s_file = Encoding.ASCII.GetBytes(new string('k', 3_000_000) + "\r\nend");
    private static readonly TestIdentity s_root = TestIdentity.Make("root", isAuthority: true);
    private static readonly TestIdentity s_own = TestIdentity.Make("own", s_root, "rsa2048");
    private static readonly TestIdentity s_other = TestIdentity.Make("other", s_root, "rsa2048");
    private static readonly TestIdentity s_curve = TestIdentity.Make("curve", s_root, "p256");

    private readonly BootWorld _world = new();
    private string _identity = Identify(s_own);

    private string Screen => _world.Console.Screen;

    [Theory]
    [InlineData("-aes-128-cbc -outform DER")]
    [InlineData("-aes-192-cbc -outform DER")]
    [InlineData("-aes-256-cbc -outform DER")]
    [InlineData("-aes-128-gcm -outform DER")]
    [InlineData("-aes-192-gcm -outform DER")]
    [InlineData("-aes-256-gcm -outform DER")]
    [InlineData("-aes-256-cbc -keyid -outform DER")]
    [InlineData("-aes-256-gcm -keyid -outform DER")]
    [InlineData("-aes-256-gcm -outform DER", "-keyopt rsa_padding_mode:oaep")]
    [InlineData("-aes-256-gcm -outform DER", "-keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha256")]
    [InlineData("-aes-256-cbc -outform DER", "-keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha512")]
    [InlineData("-aes-256-gcm -stream -outform DER")]
    [InlineData("-aes-128-cbc -stream -outform DER")]
    public void WhatOpensslEncryptsIsDecrypted(string options, string each = "")
    {
        Encrypt(s_file, options, each);
        Assert.Equal((0u, "file"), Run("imgdecrypt http://h/file.dat http://h/file.env", out byte[]? content));
        Assert.Equal(s_file, content);
        Assert.Contains("Decrypting file.dat... ok (2.8 MiB", Screen);
    }

    [Theory]
    [InlineData("-aes-256-gcm")]
    [InlineData("-aes-256-cbc")]
    public void EnvelopesMayBeText(string cipher)
    {
        (byte[] data, byte[] envelope) = CmsDetach.Split(Make(s_file, $"{cipher} -outform DER"));
        string text = PemEncoding.WriteString("CMS", envelope) + "\n";
        _world.WithFile("http://h/file.dat", data).WithFile("http://h/file.env", text);
        Assert.Equal(0u, Run("imgdecrypt http://h/file.dat http://h/file.env", out byte[]? content).Code);
        Assert.Equal(s_file, content);
    }

    [Fact]
    public void WhatIsEncryptedInsideTheEnvelopeIsPassedOver()
    {
        foreach (string options in new[] { "-aes-256-gcm -outform DER", "-aes-256-cbc -stream -outform DER" })
        {
            byte[] file = s_file[..100_000], whole = Make(file, options);
            _world.WithFile("http://h/file.dat", CmsDetach.Split(whole).Data).WithFile("http://h/file.env", whole);
            Assert.Equal(0u, Run("imgdecrypt http://h/file.dat http://h/file.env", out byte[]? content).Code);
            Assert.Equal(file, content);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(70_001)]
    public void AnyLengthIsTaken(int length)
    {
        byte[] file = RandomNumberGenerator.GetBytes(length);
        foreach (string cipher in new[] { "-aes-128-cbc", "-aes-256-gcm" })
        {
            Encrypt(file, $"{cipher} -outform DER");
            Assert.Equal((0u, "file"), Run("imgdecrypt http://h/file.dat http://h/file.env", out byte[]? content));
            Assert.Equal(file, content);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(16)]
    [InlineData(65_541)]
    public void AnImageInPiecesIsDecryptedWhereItLies(int first)
    {
        _world.ExpectsBytes = first;   // what the server says first: the file then lies in two pieces
        byte[] file = RandomNumberGenerator.GetBytes(200_003);
        foreach (string cipher in new[] { "-aes-128-cbc", "-aes-256-gcm" })
        {
            Encrypt(file, $"{cipher} -outform DER");
            Assert.Equal(0u, Run("imgdecrypt http://h/file.dat http://h/file.env", out byte[]? content).Code);
            Assert.Equal(file, content);
        }
        Assert.InRange(_world.Firmware.MostHeldBytes, 200_000, 300_000);   // two of them would have 400,000
    }

    [Theory]
    [InlineData("imgdecrypt --name n http://h/file.dat http://h/file.env", "n")]
    [InlineData("imgdecrypt -k http://h/file.dat http://h/file.env", "file file.env")]
    [InlineData("imgfetch http://h/a ; imgfetch http://h/file.dat ; imgfetch http://h/file.env ; "
        + "imgfetch -n b http://h/a ; imgdecrypt file.dat file.env", "a file b")]
    [InlineData("imgfetch http://h/file.dat ; imgfetch http://h/file.env ; imgdecrypt -kn x.y file.dat file.env",
        "x.y file.env")]
    public void TheImageStaysAtItsPlaceAndTheEnvelopeGoes(string line, string images)
    {
        _world.WithFile("http://h/a", "a");
        Encrypt(s_file, "-aes-256-gcm -outform DER");
        Assert.Equal((0u, images), Run(line, out _));
    }

    [Fact]
    public void ADecryptedKernelBootsWithItsInitrdAndArguments()
    {
        byte[] kernel = TestPe.Make();
        Encrypt(s_file, "-aes-256-gcm -outform DER", name: "initrd.img.dat");
        Encrypt(kernel, "-aes-256-cbc -outform DER", name: "vmlinuz.dat");
        Status status = _world.RunLine(_identity + "imgdecrypt http://h/vmlinuz.dat http://h/vmlinuz.dat.env ; "
            + "imgdecrypt http://h/initrd.img.dat http://h/initrd.img.dat.env ; kernel vmlinuz quiet ; imgstat ; boot");
        Assert.True(status.IsSuccess, Screen);
        FakeFirmware.StartedImage started = Assert.Single(_world.Firmware.Started);
        Assert.Equal(kernel, started.Image);
        Assert.Equal("vmlinuz quiet", started.CommandLine);
        Assert.Equal(s_file, started.Files["initrd.img"]);
        Assert.Equal(s_file, started.Initrd);
        Assert.Contains($"vmlinuz : {kernel.Length} bytes [EFI] [SELECTED]", Screen);
    }

    [Fact]
    public void ADecryptedScriptRuns()
    {
        Encrypt(Encoding.ASCII.GetBytes("#!ipxe\necho in the script of ${cwuri}\n"), "-aes-128-gcm -outform DER",
            name: "boot.ipxe.dat");
        Status status = _world.RunLine(_identity
            + "imgdecrypt -q http://h/boot.ipxe.dat http://h/boot.ipxe.dat.env && chain boot.ipxe");
        Assert.True(status.IsSuccess, Screen);
        Assert.Equal("in the script of http://h/boot.ipxe.dat\n", Screen);
    }

    [Theory]
    [InlineData("-aes-256-gcm", 0)]
    [InlineData("-aes-256-gcm", 2_500_000)]
    [InlineData("-aes-256-gcm", -1)]
    [InlineData("-aes-256-cbc", -17)]
    public void AFlippedByteIsRefusedAndTheImageLeftAsItWas(string cipher, int place)
    {
        foreach (int? first in new int?[] { null, 1_000_005 })
        {
            _world.ExpectsBytes = first;
            Encrypt(s_file, $"{cipher} -outform DER");
            byte[] data = _world.Files["http://h/file.dat"];
            data[place < 0 ? data.Length + place : place] ^= 0x40;
            Assert.Equal((0x020d0049u, "file.dat"),
                Run("imgdecrypt http://h/file.dat http://h/file.env", out byte[]? content));
            Assert.Equal(data, content);
            Assert.Contains("file.dat cannot be decrypted by this envelope [020d0049] - ", Screen);
        }
    }

    [Fact]
    public void EveryFlippedBitOfAnAuthenticatedEnvelopeIsRefused()
    {
        byte[] file = Encoding.ASCII.GetBytes("kernel");
        (byte[] data, byte[] envelope) = CmsDetach.Split(Make(file, "-aes-256-gcm -outform DER"));
        Assert.Equal(16, envelope[^17]);   // the tag's length
        int key = envelope.AsSpan().IndexOf((ReadOnlySpan<byte>)[4, 0x82, 1, 0]) + 4, nonce = envelope.Length - 33;
        int[] places = [.. Enumerable.Range(envelope.Length - 16, 16), .. Enumerable.Range(nonce, 3), key, key + 255];
        foreach (int place in places)
        {
            byte[] flipped = (byte[])envelope.Clone();
            flipped[place] ^= (byte)(1 << place % 8);
            _world.WithFile("http://h/file.dat", data).WithFile("http://h/file.env", flipped);
            Assert.Equal((0x020d0049u, "file.dat"), Run("imgdecrypt http://h/file.dat http://h/file.env", out _));
        }
    }

    [Fact]
    public void ATruncatedImageIsRefused()
    {
        Encrypt(s_file, "-aes-256-cbc -outform DER");
        byte[] data = _world.Files["http://h/file.dat"];
        foreach ((int cut, uint code) in new[]
        {
            (1, 0x1c0d0047u), (15, 0x1c0d0047u), (16, 0x020d0049u), (data.Length, 0x1c0d0047u),
        })
        {
            _world.WithFile("http://h/file.dat", data[..^cut]);
            Assert.Equal((code, "file.dat"),
                Run("imgdecrypt http://h/file.dat http://h/file.env", out byte[]? content));
            Assert.Equal(data[..^cut], content);
        }
        Encrypt(s_file, "-aes-256-gcm -outform DER");
        data = _world.Files["http://h/file.dat"];
        foreach (int cut in new[] { 1, 16, data.Length })
        {
            _world.WithFile("http://h/file.dat", data[..^cut]);
            Assert.Equal(0x020d0049u, Run("imgdecrypt http://h/file.dat http://h/file.env", out _).Code);
        }
    }

    [Fact]
    public void AnotherImagesEnvelopeDoesNotFit()
    {
        bool isRefused = false;
        foreach (string cipher in new[] { "-aes-256-gcm", "-aes-256-cbc", "-aes-256-cbc" })
        {
            Encrypt(s_file, $"{cipher} -outform DER", name: "a");
            Encrypt(s_file, $"{cipher} -outform DER", name: "b");
            Status status = _world.RunLine(_identity + "imgdecrypt http://h/a http://h/b.env");
            // Of 256 wrong keys one leaves what looks like padding: nothing but a tag or a signature can tell.
            if (cipher == "-aes-256-gcm") Assert.Equal(0x020d0049u, status.Code);
            else isRefused |= status.Code == 0x020d0049;
        }
        Assert.True(isRefused);
    }

    [Theory]
    [InlineData("own other curve")]
    [InlineData("other own curve")]
    [InlineData("curve other own")]
    public void OneOfSeveralRecipientsIsEnough(string names)
    {
        Encrypt(s_file, "-aes-256-gcm -outform DER", recipients: Named(names));
        Assert.Equal(0u, Run("imgdecrypt http://h/file.dat http://h/file.env", out byte[]? content).Code);
        Assert.Equal(s_file, content);
    }

    [Theory]
    [InlineData("other", 0x020d0044)]
    [InlineData("curve other", 0x020d0044)]
    [InlineData("curve", 0x3c0d0045)]
    public void AnEnvelopeForOthersIsRefused(string names, uint code)
    {
        Encrypt(s_file, "-aes-256-gcm -outform DER", recipients: Named(names));
        Assert.Equal((code, "file.dat"), Run("imgdecrypt http://h/file.dat http://h/file.env", out _));
    }

    [Fact]
    public void TheCertificateMayBeAStoredOne()
    {
        Encrypt(s_file, "-aes-256-gcm -outform DER", recipients: Named("other own"));
        _world.WithFile("http://h/certs", s_root.Pem + s_other.Pem + s_own.Pem);
        _identity = $"set privkey:base64 {Base64OfKey(s_own)} ; ";
        Assert.Equal(0x020d0044u, Run("imgdecrypt http://h/file.dat http://h/file.env", out _).Code);
        _identity += "certstore http://h/certs ; ";
        Assert.Equal(0u, Run("imgdecrypt http://h/file.dat http://h/file.env", out byte[]? content).Code);
        Assert.Equal(s_file, content);
    }

    [Fact]
    public void CertificateAndKeyMayBeTextWithOthersBehind()
    {
        Encrypt(s_file, "-aes-256-gcm -outform DER");
        _identity = $"set cert:base64 {Base64(s_own.Pem + s_root.Pem)} ; "
            + $"set privkey:base64 {Base64(s_own.KeyPem)} ; ";
        Assert.Equal(0u, Run("imgdecrypt http://h/file.dat http://h/file.env", out _).Code);
    }

    [Fact]
    public void WithoutAGoodPairItSaysSo()
    {
        Encrypt(s_file, "-aes-256-gcm -outform DER");
        string key = $"set privkey:base64 {Base64OfKey(s_own)} ; ";
        foreach ((string identity, uint code) in new[]
        {
            ("", 0x020d0043u),
            ($"set cert:base64 {Convert.ToBase64String(s_own.Der)} ; ", 0x020d0043u),
            (Identify(s_own).Replace("set ", "set net0/"), 0x020d0043u),   // as a lease would
            (key, 0x020d0044u),
            ($"{key}set cert:base64 {Convert.ToBase64String(s_other.Der)} ; ", 0x020d0044u),
            ($"{key}set cert:hex 30:00 ; ", 0x1c0c0009u),
            ($"{Identify(s_own)}set privkey:hex 30:00 ; ", 0x1c0c000au),
            ($"{Identify(s_own)}set privkey:base64 {Base64OfKey(s_other)} ; ", 0x1c0c000bu),
            ($"{Identify(s_own)}set privkey:base64 {Base64OfKey(s_curve)} ; ", 0x1c0c000bu),
        })
        {
            var world = new BootWorld().WithCard();
            foreach (var file in _world.Files) world.WithFile(file.Key, file.Value);
            Status status = world.RunLine(identity + "imgdecrypt http://h/file.dat http://h/file.env");
            Assert.True(code == status.Code, $"{identity}: {status.Code:x8} {world.Console.Screen}");
        }
    }

    [Theory]
    [InlineData("-des3 -outform DER", 0x3c0d0046)]
    [InlineData("-aes-128-cfb -outform DER", 0x3c0d0046)]
    [InlineData("-aes-256-cbc -outform SMIME", 0x3c0d0041)]
    [InlineData("-aes-256-gcm -outform DER", 0x3c0d0045,
        "-keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha256 -keyopt rsa_mgf1_md:sha1")]
    [InlineData("-aes-256-gcm -outform DER", 0x3c0d0045,
        "-keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_label:00")]
    public void OtherFormsAreRefusedWithTheirCode(string options, uint code, string each = "")
    {
        byte[] whole = Make(s_file[..1000], options, each);
        _world.WithFile("http://h/file.dat", "0123456789abcdef").WithFile("http://h/file.env", whole);
        Assert.Equal((code, "file.dat"), Run("imgdecrypt http://h/file.dat http://h/file.env", out _));
    }

    [Fact]
    public void WhatIsNoEnvelopeIsRefused()
    {
        using var openssl = new OpenSsl();
        byte[] signature = openssl.Sign(s_file, s_own);
        foreach (byte[] envelope in new byte[][] { [], [0x30], [0x30, 0], [.. "no envelope"u8], signature })
        {
            _world.WithFile("http://h/file.dat", "0123456789abcdef").WithFile("http://h/file.env", envelope);
            Assert.Equal((0x1c0d0040u, "file.dat"), Run("imgdecrypt http://h/file.dat http://h/file.env", out _));
        }
        _world.WithFile("http://h/file.env", new byte[(1 << 20) + 1]);
        Assert.Equal(0x230d0042u, Run("imgdecrypt http://h/file.dat http://h/file.env", out _).Code);
        Assert.Equal(0x230d0042u, Run("imgdecrypt http://h/file.env http://h/file.env", out _).Code);
    }

    [Fact]
    public void AnImageMayBeItsOwnEnvelope()
    {
        byte[] whole = Make(s_file[..1000], "-aes-256-gcm -outform DER");
        _world.WithFile("http://h/x.cms", whole);
        Assert.Equal((0x020d0049u, ""), Run("imgfetch http://h/x.cms ; imgdecrypt x.cms x.cms", out _));
        Assert.Equal(0, _world.Firmware.PagesHeldBytes);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(16)]
    public void TagsMayBeShorterAndVouchForAttributes(int tagBytes)
    {
        byte[] attributes = new EnvelopeMaker().Attributes;
        var maker = new EnvelopeMaker { TagBytes = tagBytes, HasAttributes = true };
        (byte[] data, byte[] envelope) = maker.Make(s_file, s_own);
        _world.WithFile("http://h/file.dat", data).WithFile("http://h/file.env", envelope);
        Assert.Equal(0u, Run("imgdecrypt http://h/file.dat http://h/file.env", out byte[]? content).Code);
        Assert.Equal(s_file, content);
        int place = envelope.AsSpan().IndexOf(attributes.AsSpan(2)) + attributes.Length - 3;
        envelope[place] ^= 1;
        Assert.Equal(0x020d0049u, Run("imgdecrypt http://h/file.dat http://h/file.env", out _).Code);
    }

    [Fact]
    public void AKeyOfAnotherLengthOrPaddingFitsNothing()
    {
        byte[] wrongPadding = RandomNumberGenerator.GetBytes(256);
        wrongPadding[0] = 0;
        byte[]?[] keys = [new byte[16], new byte[31], new byte[33], [], null];
        foreach (byte[]? key in keys)
        {
            var maker = new EnvelopeMaker { WrappedKey = key, EncryptedKey = key is null ? wrongPadding : null };
            (byte[] data, byte[] envelope) = maker.Make(s_file, s_own);
            _world.WithFile("http://h/file.dat", data).WithFile("http://h/file.env", envelope);
            Assert.Equal((0x020d0049u, "file.dat"), Run("imgdecrypt http://h/file.dat http://h/file.env", out _));
        }
        foreach (int length in new[] { 0, 1, 255, 257, 512 })
        {
            (byte[] data, byte[] envelope) =
                new EnvelopeMaker { EncryptedKey = new byte[length] }.Make(s_file, s_own);
            _world.WithFile("http://h/file.dat", data).WithFile("http://h/file.env", envelope);
            Assert.Equal((0x020d0049u, "file.dat"), Run("imgdecrypt http://h/file.dat http://h/file.env", out _));
        }
    }

    [Fact]
    public void DecryptingAloneMakesNothingTrusted()
    {
        byte[] script = Encoding.ASCII.GetBytes("#!ipxe\necho ran\n");
        Encrypt(script, "-aes-256-gcm -outform DER");
        string data = Digest("http://h/file.dat"), envelope = Digest("http://h/file.env");
        string plain = Convert.ToHexStringLower(SHA256.HashData(script));
        foreach ((string line, bool isTrusted) in new[]
        {
            ("imgdecrypt http://h/file.dat http://h/file.env", false),
            ($"imgfetch -s {data} http://h/file.dat ; imgdecrypt file.dat http://h/file.env", false),
            ($"imgfetch -s {envelope} http://h/file.env ; imgdecrypt http://h/file.dat file.env", false),
            ($"imgfetch -s {data} http://h/file.dat ; imgfetch -s {envelope} http://h/file.env ; "
                + "imgdecrypt file.dat file.env", true),
            ($"imgdecrypt http://h/file.dat http://h/file.env ; kernel -s {plain} file", true),
        })
        {
            Status status = _world.RunLine($"{_identity}imgtrust ; {line} ; chain file");
            Assert.True((isTrusted ? 0 : 0x020d0001) == status.Code, $"{line}: {status.Code:x8}");
        }
    }

    [Fact]
    public void UnderAManifestBothFilesMustBeListed()
    {
        Encrypt(s_file, "-aes-256-gcm -outform DER");
        string list = $"{Digest("http://h/file.dat")}  file.dat\n";
        using var openssl = new OpenSsl();
        foreach ((string listed, uint code) in new[]
        {
            (list, 0x020d0004u), ($"{list}{Digest("http://h/file.env")}  file.env\n", 0u),
        })
        {
            byte[] bytes = Encoding.ASCII.GetBytes(listed);
            _world.WithFile("http://h/SUMS", bytes)
                .WithFile("http://h/SUMS.sig", openssl.Sign(bytes, TestIdentity.Make("signer", s_root)));
            Status status = _world.RunLine(
                _identity + "manifest http://h/SUMS ; imgdecrypt http://h/file.dat http://h/file.env && imgstat");
            Assert.Equal(code, status.Code);
        }
        Assert.Contains("file : 3000005 bytes [data] [TRUSTED]", Screen);
    }

    [Theory]
    [InlineData("-aes-256-gcm")]
    [InlineData("-aes-256-cbc")]
    public void CtrlCLeavesTheImageAsItWas(string cipher)
    {
        Encrypt(s_file, $"{cipher} -outform DER");
        BootSession session = _world.MakeSession();
        var decryption = new ImageDecryption(
            session.Images, new EnvelopeOpener(session.Settings, _world.Trust),
            new ProgressDisplay(_world.Console, _world.Pump), _world.Pump);
        _world.Pump.Run(() => session.Interpreter.RunSingleLineAsync(
            _identity + "imgfetch http://h/file.dat ; imgfetch http://h/file.env", new ScriptFrame(null)));
        var image = (Image)session.Images.All[0];
        _world.Pump.Run(async () =>
        {
            using var interrupted = new CancellationTokenSource();
            Task<IImage> running = decryption.DecryptAsync(
                image, session.Images.All[1], null, isQuiet: false, interrupted.Token);
            Assert.Equal(s_file[..100], image.Content.Head[..100].ToArray());   // it has begun
            interrupted.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
            return 0;
        });
        Assert.Equal("file.dat", session.Images.All[0].Name);
        Assert.Equal(_world.Files["http://h/file.dat"], image.Content.ToContiguous().ToArray());
    }

    [Fact]
    public void NoSecretIsPrinted()
    {
        Encrypt(s_file, "-aes-256-gcm -outform DER");
        _world.Files["http://h/file.dat"][0] ^= 1;
        _world.RunLine(_identity + "imgdecrypt http://h/file.dat http://h/file.env");
        Assert.DoesNotContain(Base64OfKey(s_own)[40..60], _world.Console.Raw);
    }

    private static TestIdentity[] Named(string names) =>
        [.. names.Split(' ').Select(name => name switch { "own" => s_own, "other" => s_other, _ => s_curve })];

    private static string Identify(TestIdentity own) => $"set cert:base64 {Convert.ToBase64String(own.Der)} ; "
        + $"set privkey:base64 {Base64OfKey(own)} ; ";

    private static string Base64OfKey(TestIdentity own) => Convert.ToBase64String(own.Key.ExportPkcs8PrivateKey());

    private static string Base64(string text) => Convert.ToBase64String(Encoding.ASCII.GetBytes(text));

    private static byte[] Make(byte[] file, string options, string each = "", params TestIdentity[] recipients)
    {
        using var openssl = new OpenSsl();
        return openssl.Encrypt(file, options, each, recipients.Length > 0 ? recipients : [s_own]);
    }

    private void Encrypt(
        byte[] file, string options, string each = "", string name = "file", params TestIdentity[] recipients)
    {
        (byte[] data, byte[] envelope) = CmsDetach.Split(Make(file, options, each, recipients));
        string uri = $"http://h/{name}";
        _world.WithFile(name == "file" ? uri + ".dat" : uri, data).WithFile(uri + ".env", envelope);
    }

    private string Digest(string uri) => Convert.ToHexStringLower(SHA256.HashData(_world.Files[uri]));

    /// <summary>The status, and the images that were left, which were all that held memory; and what the first holds.
    /// </summary>
    private (uint Code, string Left) Run(string line, out byte[]? content)
    {
        BootSession session = _world.MakeSession();
        Status status = _world.Pump.Run(
            () => session.Interpreter.RunSingleLineAsync(_identity + line, new ScriptFrame(null)));
        string left = string.Join(' ', session.Images.All.Select(it => it.Name));
        content = session.Images.All.Count == 0
            ? null : FakeFirmware.Join(((Image)session.Images.All[0]).Content.Pieces);
        foreach (IImage image in session.Images.All.ToList()) session.Images.Free(image);
        Assert.Equal(0, _world.Firmware.PagesHeldBytes);
        return (status.Code, left);
    }
}
