using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;
using Bootlace.Stub;
using Bootlace.Tests.Boot;
using Bootlace.Uefi;
using Bootlace.Uefi.Raw;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Uefi;

/// <summary>Protects the packed image: the loader in it starts as if the firmware had loaded it itself.</summary>
[Collection(FirmwareCollection.Name)]
public sealed unsafe class PackedLoaderTests : IDisposable
{
    private readonly Fakes.FakeFirmware _fake = new();
    private readonly byte[] _loader = TestPe.Make(sections: 1);

    public void Dispose() => _fake.Dispose();

    [Fact]
    public void TheLoaderIsStartedWithWhatTheFirmwareToldUs()
    {
        byte[] path = new DevicePathWriter().FilePath("\\EFI\\BOOT\\BOOTX64.EFI").End();
        string options = "echo here";
        BecomePacked(_loader);
        fixed (byte* file = path)
        fixed (char* text = options)
        {
            _fake.Install(Fakes.FakeFirmware.ImageHandle, Guids.LoadedImageDevicePath, file);
            _fake.Image->FilePath = (DevicePathProtocol*)file;
            _fake.Image->DeviceHandle = 0x1234;
            _fake.Image->LoadOptions = text;
            _fake.Image->LoadOptionsSize = 20;
            bool wasChecked = false;
            _fake.OnStartImage = image =>
            {
                var loaded = (LoadedImage*)_fake.Handles[image][Guids.LoadedImage];
                wasChecked = loaded->DeviceHandle == 0x1234 && loaded->LoadOptionsSize == 20
                    && new string((char*)loaded->LoadOptions) == options
                    && DevicePaths.Copy(loaded->FilePath).AsSpan().SequenceEqual(path)
                    && loaded->FilePath != _fake.Image->FilePath;
                return Status.NotFound;
            };
            Assert.Equal(Status.NotFound.Value, Run());
            Assert.True(wasChecked);
        }
        Assert.Equal(_loader, _fake.LoadedBytes);
        Assert.Equal(path, _fake.LoadedPath);
        Assert.Empty(_fake.Pages);
    }

    [Fact]
    public void ADamagedLoaderIsNotStarted()
    {
        foreach (int offset in (int[])[0, 3, 4, 10, 40])
        {
            BecomePacked(_loader, offset);
            Assert.Equal(Status.LoadError.Value, Run());
        }
        Assert.DoesNotContain("load", _fake.Log);
        Assert.Empty(_fake.Pages);
    }

    [Fact]
    public void WithoutTheSectionOrWithoutMemoryNothingIsStarted()
    {
        Assert.Equal(Status.LoadError.Value, Run());
        BecomePacked(_loader);
        _fake.RefusesPages = true;
        Assert.Equal(Status.OutOfResources.Value, Run());
        Assert.DoesNotContain("load", _fake.Log);
    }

    [Fact]
    public void ALoaderThatTheFirmwareDoesNotTrustIsUnloadedAndNotStarted()
    {
        BecomePacked(_loader);
        _fake.OnLoadImage = () => Status.SecurityViolation;
        Assert.True(((Status)Run()).IsError);
        Assert.DoesNotContain("start", _fake.Log);
        Assert.Empty(_fake.Pages);
    }

    [Fact]
    public void TheEmbeddedScriptIsFoundInThePackedImageThatStartedUs()
    {
        byte[] script = "#!ipxe\n"u8.ToArray();
        byte[] packed = PeFile.WithSection(TestPe.Make(), ".loader", Pack(_loader));
        nint parent = _fake.NewHandle();
        LoadedImage* outer = _fake.New<LoadedImage>();
        _fake.Install(parent, Guids.LoadedImage, outer);
        _fake.Image->ParentHandle = parent;

        Map(outer, PeFile.WithSection(packed, ".script", script));
        Assert.Equal(script, OwnImage.CopySection(_fake.NewServices(), ".script"u8));
        Map(outer, packed);
        Assert.Empty(OwnImage.CopySection(_fake.NewServices(), ".script"u8));
        // a loader that was chained to by another one must not run that one's script again
        Map(outer, PeFile.WithSection(TestPe.Make(), ".script", script));
        Assert.Empty(OwnImage.CopySection(_fake.NewServices(), ".script"u8));

        Map(_fake.Image, PeFile.WithSection(_loader, ".script", script));
        Assert.Equal(script, OwnImage.CopySection(_fake.NewServices(), ".script"u8));
    }

    [Fact]
    public void AParentThatIsNoPeFileHasNoSections()
    {
        byte[] file = PeFile.WithSection(TestPe.Make(), ".loader", Pack(_loader));
        for (int length = 0; length < TestPe.HeadersBytes; length++)
        {
            Map(_fake.Image, file);
            _fake.Image->ImageSize = (ulong)length;
            Assert.True(OwnImage.FindSection(_fake.Image, ".loader"u8).IsEmpty);
        }
        Map(_fake.Image, file);
        Assert.False(OwnImage.FindSection(_fake.Image, ".loader"u8).IsEmpty);
        Assert.True(OwnImage.FindSection(_fake.Image, ".load"u8).IsEmpty);
        Assert.True(OwnImage.FindSection(null, ".loader"u8).IsEmpty);
    }

    private nuint Run() => PackedLoader.Run(Fakes.FakeFirmware.ImageHandle, (nint)_fake.Table);

    private void BecomePacked(byte[] loader, int damagedAt = -1)
    {
        byte[] content = Pack(loader);
        if (damagedAt >= 0) content[damagedAt] ^= 0x11;
        Map(_fake.Image, PeFile.WithSection(TestPe.Make(), ".loader", content));
    }

    /// <summary>As tools/Build packs it.</summary>
    private static byte[] Pack(byte[] loader)
    {
        byte[] code = [.. loader];
        BranchAddresses.MakeAbsolute(code, isArm64: !X86Base.IsSupported);
        var content = new MemoryStream();
        content.Write(BitConverter.GetBytes(loader.Length));
        using (var zlib = new ZLibStream(content, CompressionLevel.SmallestSize, leaveOpen: true)) zlib.Write(code);
        return content.ToArray();
    }

    /// <summary>As the firmware loads a file: headers, then each section at its address.</summary>
    private void Map(LoadedImage* image, byte[] file)
    {
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(TestPe.PeOffset + 24 + 56));
        byte* start = _fake.NewBytes(new byte[size]);
        var memory = new Span<byte>(start, (int)size);
        file.AsSpan(0, TestPe.HeadersBytes).CopyTo(memory);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(TestPe.PeOffset + 6));
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> header = file.AsSpan(TestPe.SectionTable + i * 40, 40);
            int address = BinaryPrimitives.ReadInt32LittleEndian(header[12..]);
            int length = BinaryPrimitives.ReadInt32LittleEndian(header[16..]);
            int offset = BinaryPrimitives.ReadInt32LittleEndian(header[20..]);
            file.AsSpan(offset, Math.Min(length, memory.Length - address)).CopyTo(memory[address..]);
        }
        image->ImageBase = start;
        image->ImageSize = size;
    }
}
