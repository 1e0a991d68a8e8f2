using System;
using System.Buffers;
using System.Linq;
using System.Runtime.InteropServices;
using Bootlace.Boot;
using Bootlace.Net;
using Bootlace.Tests.Uefi.Fakes;
using Bootlace.Uefi;
using Bootlace.Uefi.Raw;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Uefi;

/// <summary>Protects entering and leaving the firmware, its cards, memory, variables and reset.</summary>
[Collection(FirmwareCollection.Name)]
public sealed unsafe class UefiFirmwareTests : IDisposable
{
    private readonly FakeFirmware _fake = new();

    public void Dispose() => _fake.Dispose();

    [Fact]
    public void DamagedTablesAreAFailureNotACrash()
    {
        _fake.Table->Header.Signature = 0;
        BootFailure failure = Assert.Throws<BootFailure>(_fake.Enter);
        Assert.Same(FirmwareFailure.BadTables, failure.Kind);
    }

    [Fact]
    public void TheWatchdogIsDisarmedAtOnce()
    {
        _fake.Enter();
        Assert.Equal(0u, _fake.WatchdogSeconds);
    }

    [Fact]
    public void EnteringAndLeavingChangesNothing()
    {
        new FakeSnp(_fake, isUBoot: false);
        int handles = _fake.Handles.Count;
        UefiFirmware firmware = _fake.Enter();
        firmware.OpenNetwork();
        firmware.Leave();
        Assert.Empty(_fake.Events);
        Assert.Empty(_fake.Pages);
        Assert.Empty(_fake.Pools);
        Assert.Equal(handles, _fake.Handles.Count);
    }

    [Fact]
    public void DriversAreConnectedOnlyWhereNoCardIsShown()
    {
        FakeSnp? card = null;
        _fake.OnConnect = _ => card ??= new FakeSnp(_fake, isUBoot: false);
        Assert.Single(_fake.Enter().OpenNetwork());
        Assert.Contains($"connect {FakeFirmware.ImageHandle:x}", _fake.Log);
    }

    [Fact]
    public void TheBusIdIsThatOfThePciFunctionOnTheCardsPath()
    {
        var card = new FakeSnp(_fake, isUBoot: false);
        UefiFirmware firmware = _fake.Enter();
        INetworkDevice opened = Assert.Single(firmware.OpenNetwork());
        Assert.True(firmware.BusIdOf(opened).IsEmpty);

        PciIo* pci = _fake.New<PciIo>();
        pci->PciRead = &ReadPciId;
        _fake.Install(card.Handle, Guids.PciIo, pci);
        Assert.Equal([1, 0x1a, 0xf4, 0x10, 0x41], firmware.BusIdOf(opened).ToArray());
    }

    [UnmanagedCallersOnly]
    private static nuint ReadPciId(PciIo* pci, uint width, uint offset, nuint count, void* buffer)
    {
        if (width != PciIo.WidthUint16 || offset != 0 || count != 2) return Status.InvalidParameter.Value;
        ((ushort*)buffer)[0] = 0x1af4;
        ((ushort*)buffer)[1] = 0x1041;
        return 0;
    }

    [Fact]
    public void NoCardAtAllIsAFailure()
    {
        BootFailure failure = Assert.Throws<BootFailure>(() => _fake.Enter().OpenNetwork());
        Assert.Same(FirmwareFailure.NoNetworkCard, failure.Kind);
    }

    [Fact]
    public void TheCardWeWereLoadedThroughComesFirstAndADeadOneIsLeftOut()
    {
        var other = new FakeSnp(_fake, isUBoot: false);
        var dead = new FakeSnp(_fake, isUBoot: false) { StartAnswer = Status.DeviceError };
        var ours = new FakeSnp(_fake, isUBoot: false);
        other.Mode->CurrentAddress[5] = 1;
        dead.Mode->CurrentAddress[5] = 2;
        ours.Mode->CurrentAddress[5] = 3;
        _fake.Handles[ours.Handle].Remove(Guids.DevicePath);   // the MAC is then the card's own word
        _fake.Image->DeviceHandle = ours.Handle;

        INetworkDevice[] cards = [.. _fake.Enter().OpenNetwork()];

        Assert.Equal(["52:54:00:12:34:03", "52:54:00:12:34:01"], cards.Select(card => card.Address.ToString()));
    }

    [Fact]
    public void PagesAreMemoryAndGoBackOnce()
    {
        UefiFirmware firmware = _fake.Enter();
        int before = _fake.Pages.Count;
        IMemoryOwner<byte> owner = firmware.AllocatePages(10_000);
        Assert.Equal(10_000, owner.Memory.Length);
        owner.Memory.Span.Fill(7);
        Assert.Equal(3u, _fake.Pages.Values.Last());
        owner.Dispose();
        owner.Dispose();
        Assert.Equal(before, _fake.Pages.Count);

        _fake.RefusesPages = true;
        BootFailure failure = Assert.Throws<BootFailure>(() => firmware.AllocatePages(10_000));
        Assert.Same(FirmwareFailure.NoMemory, failure.Kind);
    }

    [Theory]
    [InlineData(40u)]   // U-Boot
    [InlineData(48u)]   // EDK2
    public void TheLargestBlockIsReadByTheFirmwaresOwnStride(uint stride)
    {
        _fake.MapStride = stride;
        _fake.Map.Add(new MemoryDescriptor { Type = MemoryType.LoaderData, NumberOfPages = 900 });
        _fake.Map.Add(new MemoryDescriptor { Type = MemoryType.Conventional, NumberOfPages = 5 });
        _fake.Map.Add(new MemoryDescriptor { Type = MemoryType.Conventional, NumberOfPages = 77 });
        Assert.Equal(77ul * 4096, _fake.Enter().LargestFreeBytes);
    }

    [Theory]
    [InlineData(ResetKind.Cold, "reset 0")]
    [InlineData(ResetKind.Warm, "reset 1")]
    [InlineData(ResetKind.Off, "reset 2")]
    public void ResetStopsTheCardsFirst(ResetKind kind, string expected)
    {
        var card = new FakeSnp(_fake, isUBoot: false);
        UefiFirmware firmware = _fake.Enter();
        firmware.OpenNetwork();
        Assert.Throws<BootFailure>(() => firmware.Reset(kind));   // the fake machine goes on
        Assert.Equal(expected, _fake.Log[^1]);
        Assert.Equal(SimpleNetworkState.Stopped, card.Mode->State);
    }

    [Fact]
    public void SetupIsAskedForOnlyWhereItIsSupported()
    {
        UefiFirmware firmware = _fake.Enter();
        BootFailure failure = Assert.Throws<BootFailure>(() => firmware.Reset(ResetKind.Setup));
        Assert.Same(FirmwareFailure.NoSetup, failure.Kind);
        Assert.DoesNotContain(_fake.Log, line => line.StartsWith("reset"));

        _fake.Variables["OsIndicationsSupported"] = 0x41;
        _fake.Variables["OsIndications"] = 0x40;
        Assert.Throws<BootFailure>(() => firmware.Reset(ResetKind.Setup));
        Assert.Equal(0x41ul, _fake.Variables["OsIndications"]);
        Assert.Equal("reset 0", _fake.Log[^1]);
    }

    [Fact]
    public void X12_AVariableOfAnImpossibleSizeIsNone()
    {
        _fake.Variables["OsIndicationsSupported"] = 0x41;
        _fake.VariableBytes = 64 * 1024;
        BootFailure failure = Assert.Throws<BootFailure>(() => _fake.Enter().Reset(ResetKind.Setup));
        Assert.Same(FirmwareFailure.NoSetup, failure.Kind);
    }

    [Fact]
    public void TheMachinesUuidComesFromWhicheverSmbiosThereIs()
    {
        Assert.True(_fake.Enter().MachineUuid.IsEmpty);

        byte[] uuid = [.. Enumerable.Range(1, 16).Select(i => (byte)i)];
        byte* table = _fake.NewBytes(
            [0, 4, 0, 0, 0, 0, 1, 27, 1, 0, 0, 0, 0, 0, .. uuid, 0, 0, 0, 0, 0, 127, 4, 2, 0, 0, 0]);
        var entry = new byte[24];
        "_SM3_"u8.CopyTo(entry);
        entry[12] = 60;
        BitConverter.TryWriteBytes(entry.AsSpan(16), (ulong)table);
        ConfigurationTable* row = _fake.New<ConfigurationTable>();
        row->VendorGuid = Guids.Smbios3;
        row->VendorTable = _fake.NewBytes([.. entry, 0, 0, 0, 0, 0, 0, 0]);
        _fake.Table->ConfigurationTable = row;
        _fake.Table->NumberOfTableEntries = 1;
        Assert.Equal(uuid, _fake.Enter().MachineUuid.ToArray());
    }

    [Fact]
    public void FilesLieBesideTheLoaderOrWhereTheirPathSays()
    {
        InstallOwnVolume();
        UefiFirmware firmware = _fake.Enter();

        Assert.Equal("beside", Read(firmware, null, "autoexec.ipxe"));
        Assert.Equal("root", Read(firmware, null, "/autoexec.ipxe"));
        Assert.Null(Read(firmware, null, "missing"));
        Assert.Null(Read(firmware, null, "\\EFI"));   // a folder
        Assert.Equal("root", Read(firmware, "bootlace", "autoexec.ipxe"));
        Assert.Null(Read(firmware, "NOSUCH", "autoexec.ipxe"));
    }

    /// <summary>Our own virtual volume, played back as the firmware's: one folder whose names hold
    /// backslashes.</summary>
    private void InstallOwnVolume()
    {
        nint device = _fake.NewHandle();
        var volume = new PlainVolume(_fake);
        volume.Add("\\EFI\\BOOT\\autoexec.ipxe", "beside");
        volume.Add("\\autoexec.ipxe", "root");
        volume.Add("autoexec.ipxe", "root");
        volume.AddFolder("\\EFI");
        _fake.Install(device, Guids.SimpleFileSystem, volume.Interface);
        _fake.Image->DeviceHandle = device;
        _fake.Image->FilePath = (DevicePathProtocol*)_fake.NewBytes(
            new DevicePathWriter().FilePath("\\EFI\\BOOT\\BOOTX64.EFI").End());
    }

    private static string? Read(UefiFirmware firmware, string? label, string path)
    {
        using IVolumeFile? file = firmware.OpenFile(label, path);
        if (file is null) return null;
        var bytes = new byte[file.LengthBytes];
        int count = 0;
        for (int read; (read = file.Read(bytes.AsSpan(count))) > 0;) count += read;
        Assert.Equal(bytes.Length, count);
        return System.Text.Encoding.ASCII.GetString(bytes);
    }
}
