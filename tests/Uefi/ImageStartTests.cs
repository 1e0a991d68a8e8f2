using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Bootlace.Boot;
using Bootlace.Net;
using Bootlace.Tests.Support;
using Bootlace.Tests.Uefi.Fakes;
using Bootlace.Tests.Wire;
using Bootlace.Uefi;
using Bootlace.Uefi.Raw;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Uefi;

/// <summary>Protects the hand-over: what a started image finds, and that nothing of it stays behind.</summary>
[Collection(FirmwareCollection.Name)]
public sealed unsafe class ImageStartTests : IDisposable
{
    private const string Uri = "http://10.0.2.2/vmlinuz";
    private static readonly byte[] s_image = [.. Enumerable.Range(0, 300).Select(i => (byte)i)];

    private readonly FakeFirmware _fake = new();
    private readonly FakeSnp _card;
    private readonly UefiFirmware _firmware;

    public ImageStartTests()
    {
        _card = new FakeSnp(_fake, isUBoot: false);
        _firmware = _fake.Enter();
        _firmware.OpenNetwork();
        _fake.Log.Clear();
    }

    public void Dispose() => _fake.Dispose();

    [Fact]
    public void TheImageIsLoadedByAPathBelowTheCardWithItsUriAndName()
    {
        Start();
        Assert.Equal(s_image, _fake.LoadedBytes);
        byte[] expected = new DevicePathWriter().Nodes(_card.Path).Uri(Uri).FilePath("\\vmlinuz").End();
        Assert.Equal(expected, _fake.LoadedPath);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0x123)]
    public void TheImageHangsOnTheCardInUseOrItsVlan(int vlan)
    {
        var other = new FakeSnp(_fake, isUBoot: false, [0x52, 0x54, 0, 0, 0, 9]);
        IReadOnlyList<INetworkDevice> cards = _firmware.OpenNetwork();
        var stack = new NetworkStack(new Pump(new ManualClock()), new SeededEntropy(1));
        NetworkInterface inUse = stack.Add(cards.First(card => card.Address.ToString().EndsWith(":09")), "net1");
        var path = new DevicePathWriter().Nodes(other.Path);
        if (vlan > 0)
        {
            inUse = stack.AddVlan(inUse, VlanTag.Of(vlan, 5));
            path.Vlan(vlan);
        }
        Start(card: inUse.Device);
        Assert.Equal(path.Uri(Uri).FilePath("\\vmlinuz").End(), _fake.LoadedPath);
    }

    [Fact]
    public void TheImageSeesItsOptionsWithTheirNul()
    {
        string? seen = null;
        _fake.OnStartImage = image =>
        {
            var loaded = (LoadedImage*)_fake.Handles[image][Guids.LoadedImage];
            Assert.Equal(2u * 24, loaded->LoadOptionsSize);
            seen = Text.Read((char*)loaded->LoadOptions, 100);
            return Status.Success;
        };
        Start(commandLine: "vmlinuz console=ttyS0 q");
        Assert.Equal("vmlinuz console=ttyS0 q", seen);
    }

    [Fact]
    public void TheNetworkIsClosedWhileItRunsAndOpenAfterwards()
    {
        uint during = 99;
        _fake.OnStartImage = _ =>
        {
            during = _card.Mode->State;
            return Status.Success;
        };
        Start();
        Assert.Equal(SimpleNetworkState.Stopped, during);
        Assert.Equal(SimpleNetworkState.Initialized, _card.Mode->State);
        string card = $"{_card.Handle:x}";
        Assert.Equal(["load", $"close {card}", "start", $"open exclusive {card}"], _fake.Log);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ItFindsTheDeviceTreeItWasGivenAndTheFirmwareHasItsOwnAgainAfterwards(bool hasOwn)
    {
        if (hasOwn)
        {
            _fake.Table->ConfigurationTable = _fake.New<ConfigurationTable>();
            *_fake.Table->ConfigurationTable =
                new ConfigurationTable { VendorGuid = Guids.DeviceTree, VendorTable = (void*)0x1230 };
            _fake.Table->NumberOfTableEntries = 1;
        }
        int pages = _fake.Pages.Count;
        byte[] seen = new byte[3];
        _fake.OnStartImage = _ =>
        {
            Assert.Equal(Guids.DeviceTree, _fake.Table->ConfigurationTable->VendorGuid);
            new ReadOnlySpan<byte>(_fake.Table->ConfigurationTable->VendorTable, seen.Length).CopyTo(seen);
            return Status.Aborted;
        };
        Start(deviceTree: [7, 8, 9]);
        Assert.Equal([7, 8, 9], seen);
        Assert.Equal(hasOwn ? 1u : 0u, (uint)_fake.Table->NumberOfTableEntries);
        if (hasOwn) Assert.Equal(0x1230, (nint)_fake.Table->ConfigurationTable->VendorTable);
        Assert.Equal(pages, _fake.Pages.Count);
    }

    [Theory]
    [InlineData("vmlinuz console=ttyS0 q", "/{chosen{bootargs='console=ttyS0 q'}}")]
    [InlineData("vmlinuz", "/{}")]
    public void TheDeviceTreeItWasGivenHasItsArguments(string commandLine, string expected)
    {
        string seen = "";
        _fake.OnStartImage = _ =>
        {
            var tree = (byte*)_fake.Table->ConfigurationTable->VendorTable;
            int countBytes = (int)BigEndian.ReadU32(new ReadOnlySpan<byte>(tree, 8), 4);
            seen = TestTree.Print(new ReadOnlySpan<byte>(tree, countBytes).ToArray());
            return Status.Success;
        };
        Start(commandLine, deviceTree: DeviceTreeTests.Tree);
        Assert.Equal(expected, seen);
    }

    [Fact]
    public void NothingStaysBehind()
    {
        nint[] handles = [.. _fake.Handles.Keys];
        int pages = _fake.Pages.Count, events = _fake.Events.Count;
        _fake.ExitText = "bye";
        _fake.OnStartImage = _ =>
        {
            File* root = OpenVolume();
            Open(root, "a.img");   // left open by the image
            return Status.Aborted;
        };

        Assert.Equal((ulong)Status.Aborted.Value, Start(initrd: [new byte[10]], files: [Virtual("a.img", "abc")]));

        Assert.Equal(handles, _fake.Handles.Keys);
        Assert.Equal(pages, _fake.Pages.Count);
        Assert.Equal(events, _fake.Events.Count);
        Assert.Empty(_fake.Pools);
        _firmware.Leave();
        Assert.Empty(_fake.Pages);
        Assert.Empty(_fake.Events);
        Assert.DoesNotContain(_fake.Log, line => line.Contains("not allocated"));
    }

    [Theory]
    [InlineData(26, true)]
    [InlineData(15, false)]
    [InlineData(3, false)]
    [InlineData(1, false)]
    public void ARefusedImageIsUnloadedAndUninstalled(int error, bool unloads)
    {
        nint[] handles = [.. _fake.Handles.Keys];
        int pages = _fake.Pages.Count;
        _fake.OnLoadImage = () => new Status((nuint)error | (nuint)1 << 63);

        BootFailure failure = Assert.Throws<BootFailure>(() => Start(initrd: [new byte[10]]));

        bool untrusted = error is 26 or 15;
        Assert.Same(untrusted ? FirmwareFailure.ImageUntrusted : FirmwareFailure.ImageRefused, failure.Kind);
        Assert.Equal(unloads, _fake.Log.Contains("unload"));
        Assert.Equal(handles, _fake.Handles.Keys);
        Assert.Equal(pages, _fake.Pages.Count);
        Assert.Equal(SimpleNetworkState.Initialized, _card.Mode->State);   // the network was never given up
    }

    [Fact]
    public void TheInitrdAnswersSizeQueryTooSmallAndReadExactly()
    {
        byte[] first = [1, 2, 3], second = [4, 5];
        var read = new byte[5];
        _fake.OnStartImage = _ =>
        {
            var file = (LoadFile2*)_fake.Handles[_fake.Find(Guids.LoadFile2)][Guids.LoadFile2];
            DevicePathProtocol end;
            nuint size = 0;
            Assert.Equal(Status.BufferTooSmall, (Status)file->LoadFile(file, &end, 0, &size, null));
            Assert.Equal(5u, size);
            size = 4;
            fixed (byte* buffer = read)
            {
                Assert.Equal(Status.BufferTooSmall, (Status)file->LoadFile(file, &end, 0, &size, buffer));
                Assert.Equal(5u, size);
                Assert.Equal(Status.Unsupported, (Status)file->LoadFile(file, &end, 1, &size, buffer));
                Assert.Equal(Status.InvalidParameter, (Status)file->LoadFile(file, null, 0, &size, buffer));
                Assert.Equal(Status.InvalidParameter, (Status)file->LoadFile(file, &end, 0, null, buffer));
                size = 100;
                Assert.Equal(Status.Success, (Status)file->LoadFile(file, &end, 0, &size, buffer));
                Assert.Equal(5u, size);
            }
            return Status.Success;
        };
        Start(initrd: [first, second]);
        Assert.Equal([1, 2, 3, 4, 5], read);
    }

    [Fact]
    public void TheInitrdLiesOnLinuxesVendorPath()
    {
        string? path = null;
        _fake.OnStartImage = _ =>
        {
            nint handle = _fake.Find(Guids.LoadFile2);
            var installed = (DevicePathProtocol*)_fake.Handles[handle][Guids.DevicePath];
            path = Convert.ToHexStringLower(DevicePaths.Copy(installed));
            return Status.Success;
        };
        Start(initrd: [new byte[1]]);
        Assert.Equal("04031400" + "27e46855fc683d4fac74ca555231cc68" + "7fff0400", path);
    }

    [Fact]
    public void WithoutInitrdNothingIsInstalled()
    {
        _fake.OnStartImage = _ =>
        {
            Assert.DoesNotContain(_fake.Handles.Values, protocols => protocols.ContainsKey(Guids.LoadFile2));
            return Status.Success;
        };
        Start(initrd: [new byte[0]]);
    }

    [Fact]
    public void AnEarlierLoadersInitrdIsTakenOverAndPutBack()
    {
        LoadFile2* earlier = _fake.New<LoadFile2>();
        nint handle = _fake.NewHandle();
        byte[] path = Convert.FromHexString("0403140027e46855fc683d4fac74ca555231cc687fff0400");
        _fake.Install(handle, Guids.DevicePath, _fake.NewBytes(path));
        _fake.Install(handle, Guids.LoadFile2, earlier);
        _fake.OnStartImage = _ =>
        {
            Assert.NotEqual((nint)earlier, _fake.Handles[handle][Guids.LoadFile2]);
            return Status.Success;
        };
        Start(initrd: [new byte[1]]);
        Assert.Equal((nint)earlier, _fake.Handles[handle][Guids.LoadFile2]);
    }

    [Fact]
    public void TheVolumeListsAndReadsItsFiles()
    {
        var names = new List<string>();
        _fake.OnStartImage = _ =>
        {
            File* root = OpenVolume();
            byte* buffer = stackalloc byte[512];
            while (true)
            {
                nuint size = 512;
                Assert.Equal(Status.Success, (Status)root->Read(root, &size, buffer));
                if (size == 0) break;
                names.Add(Text.Read((char*)(buffer + sizeof(FileInfo)), 100) + " " + ((FileInfo*)buffer)->FileSize);
            }
            File* file = Open(root, "\\INITRD.img");
            Assert.Equal("defg", ReadAll(file, 3, "abcdefg"));
            file->Close(file);
            root->Close(root);
            return Status.Success;
        };
        Start(files: [Virtual("initrd.img", "abc", "defg"), Virtual("b", "")]);
        Assert.Equal(["initrd.img 7", "b 0"], names);
    }

    [Fact]
    public void TheVolumeRefusesWhatItHasNotAndWhatWouldWrite()
    {
        _fake.OnStartImage = _ =>
        {
            File* root = OpenVolume();
            File* opened = null;
            fixed (char* name = "missing") Assert.Equal(Status.NotFound, (Status)root->Open(root, &opened, name, 1, 0));
            fixed (char* name = "a") Assert.Equal(Status.WriteProtected, (Status)root->Open(root, &opened, name, 3, 0));
            File* file = Open(root, "a");
            nuint size = 1;
            byte value = 0;
            Assert.Equal(Status.WriteProtected, (Status)file->Write(file, &size, &value));
            EfiGuid kind = Guids.FileSystemInfo;
            byte* info = stackalloc byte[256];
            size = 256;
            Assert.Equal(Status.Success, (Status)root->GetInfo(root, &kind, &size, info));
            Assert.Equal("Bootlace", Text.Read((char*)(info + FileSystemInfo.LabelOffset), 20));
            Assert.Equal(1, ((FileSystemInfo*)info)->ReadOnly);
            size = 10;
            Assert.Equal(Status.BufferTooSmall, (Status)root->GetInfo(root, &kind, &size, info));
            Assert.Equal((nuint)(36 + 18), size);
            kind = Guids.Rng;
            Assert.Equal(Status.Unsupported, (Status)root->GetInfo(root, &kind, &size, info));
            Assert.Equal(Status.DeviceError, (Status)ReadPastTheEnd(file));
            file->Close(file);
            Assert.Equal(Status.DeviceError, (Status)file->Read(file, &size, info));   // closed: its pointer is unknown
            return Status.Success;
        };
        Start(files: [Virtual("a", "abc")]);
    }

    [Fact]
    public void ADriverThatStayedGetsToSeeAllHandles()
    {
        int connects = 0;
        _fake.OnStartImage = image =>
        {
            _fake.OnConnect = _ => connects++;
            return Status.Success;
        };
        Start();
        Assert.Equal(0, connects);

        _fake.OnLoadImage = () => Status.Success;
        _fake.OnImageLoaded = loaded => loaded->ImageCodeType = 3;
        Start();
        Assert.NotEqual(0, connects);
    }

    private static VirtualFile Virtual(string name, params string[] pieces) =>
        new(name, [.. pieces.Select(piece => (ReadOnlyMemory<byte>)Encoding.ASCII.GetBytes(piece))]);

    private static File* Open(File* root, string path)
    {
        File* file = null;
        fixed (char* name = path) Assert.Equal(Status.Success, (Status)root->Open(root, &file, name, 1, 0));
        return file;
    }

    private static nuint ReadPastTheEnd(File* file)
    {
        byte value;
        nuint size = 1;
        file->SetPosition(file, ulong.MaxValue);
        ulong position;
        file->GetPosition(file, &position);
        Assert.Equal(3ul, position);
        Assert.Equal(Status.Success, (Status)file->Read(file, &size, &value));
        Assert.Equal(0u, size);
        size = 1;
        file->SetPosition(file, 4);
        return file->Read(file, &size, &value);
    }

    /// <summary>Reads the file three bytes at a time, compares, and returns what SetPosition finds.</summary>
    private static string ReadAll(File* file, ulong from, string expected)
    {
        var text = new StringBuilder();
        byte* buffer = stackalloc byte[16];
        for (nuint size = 3; ; size = 3)
        {
            Assert.Equal(Status.Success, (Status)file->Read(file, &size, buffer));
            if (size == 0) break;
            text.Append(Encoding.ASCII.GetString(buffer, (int)size));
        }
        Assert.Equal(expected, text.ToString());
        file->SetPosition(file, from);
        nuint rest = 16;
        file->Read(file, &rest, buffer);
        return Encoding.ASCII.GetString(buffer, (int)rest);
    }

    private File* OpenVolume()
    {
        var fileSystem = (SimpleFileSystem*)_fake.Handles[_fake.Find(Guids.SimpleFileSystem)][Guids.SimpleFileSystem];
        File* root = null;
        Assert.Equal(Status.Success, (Status)fileSystem->OpenVolume(fileSystem, &root));
        return root;
    }

    private ulong Start(
        string commandLine = "vmlinuz", byte[][]? initrd = null, VirtualFile[]? files = null,
        byte[]? deviceTree = null, INetworkDevice? card = null) =>
        _firmware.StartImage(new ImageStart
        {
            Image = s_image,
            Name = "vmlinuz",
            Uri = Uri,
            CommandLine = commandLine,
            Initrd = [.. (initrd ?? []).Select(piece => (ReadOnlyMemory<byte>)piece)],
            Files = files ?? [],
            DeviceTree = deviceTree,
            Card = card,
            Arguments = commandLine[(commandLine + " ").IndexOf(' ')..].TrimStart(),
        });
}
