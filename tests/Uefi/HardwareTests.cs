using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using Bootlace.Boot;
using Bootlace.Tests.Uefi.Fakes;
using Bootlace.Uefi;
using Bootlace.Uefi.Raw;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Uefi;

/// <summary>Protects what is asked of the firmware about the machine: variables, buses, memory, tables,
/// CPU.</summary>
[Collection(FirmwareCollection.Name)]
public sealed unsafe class HardwareTests : IDisposable
{
    private static readonly EfiGuid s_someone = new(1, 2, 3, 4);
    private static readonly Dictionary<nint, uint> s_addresses = [];
    private static readonly Dictionary<nint, byte> s_products = [];

    private readonly FakeFirmware _fake = new();

    private IHardware Hardware => _fake.Enter().Hardware;

    public void Dispose() => _fake.Dispose();

    [Fact]
    public void AVariableIsFoundByNameAloneAndTheSpecificationsOwnFirst()
    {
        _fake.Others.Add(("Other", s_someone, [7]));
        _fake.Others.Add(("Both", s_someone, [1]));
        _fake.Others.Add(("Both", Guids.GlobalVariable, [2]));
        Assert.Equal([7], Hardware.ReadVariable("Other"));
        Assert.Equal([2], Hardware.ReadVariable("Both"));
        Assert.Null(Hardware.ReadVariable("other"));
        Assert.Null(Hardware.ReadVariable("Oth"));
        Assert.Null(Hardware.ReadVariable(""));
        Assert.Null(Hardware.ReadVariable(new string('x', 5000)));
    }

    [Theory]
    [InlineData(64 * 1024, true)]
    [InlineData(64 * 1024 + 1, false)]
    [InlineData(0, false)]
    public void X12_AVariableOf64KilobytesIsTheLongest(int bytes, bool isRead)
    {
        byte[] value = new byte[bytes];
        value.AsSpan().Fill(0x5a);
        _fake.Others.Add(("Long", s_someone, value));
        Assert.Equal(isRead ? value : null, Hardware.ReadVariable("Long"));
    }

    [Fact]
    public void X12_AFirmwareThatCannotNameItsVariablesHasNoneOfOthers()
    {
        _fake.Others.Add(("Other", s_someone, [7]));
        _fake.Others.Add(("Own", Guids.GlobalVariable, [8]));
        _fake.NamesFail = Status.DeviceError;
        Assert.Null(Hardware.ReadVariable("Other"));
        Assert.Equal([8], Hardware.ReadVariable("Own"));
    }

    [Fact]
    public void X12_NamesThatNeverEndAreLeftAfterAWhile()
    {
        _fake.Others.Add(("Loop", s_someone, [7]));
        _fake.Others.Add(("Loop", s_someone, [7]));   // the one behind the first is the first again
        Assert.Null(Hardware.ReadVariable("Absent"));
    }

    [Fact]
    public void PciFunctionsAreFoundByRisingAddressAndRead()
    {
        AddPci(segment: 0, bus: 1, device: 31, function: 7);
        AddPci(segment: 2, bus: 0, device: 0, function: 1);
        AddPci(segment: 0, bus: 0, device: 3, function: 0);
        AddPci(segment: 0, bus: 256, device: 0, function: 0);   // cannot be
        Assert.Equal([0x18u, 0x1ffu, 0x20001u], Hardware.FindPciFunctions());
        byte[] read = new byte[4];
        Assert.True(Hardware.TryReadPci(0x1ff, 8, read));
        Assert.Equal([0xff, 0x01, 8, 9], read);
        Assert.False(Hardware.TryReadPci(0x20, 0, read));
        Assert.False(Hardware.TryReadPci(0x18, 250, read));   // the fake refuses it
    }

    [Fact]
    public void AUsbDeviceIsOneHoweverManyInterfacesItHas()
    {
        AddUsb(product: 1, [1, 1, 6, 0, 0, 0], [3, 5, 6, 0, 2, 0]);
        AddUsb(product: 1, [1, 1, 6, 0, 0, 0], [3, 5, 6, 0, 2, 1]);               // its second interface
        AddUsb(product: 2, [1, 1, 6, 0, 0, 0], [3, 5, 6, 0, 2, 0, 3, 5, 6, 0, 1, 0]);   // behind it, a hub
        AddUsb(product: 3, [1, 1, 6, 0, 1, 0], [3, 5, 6, 0, 2, 0]);               // another controller
        AddUsb(product: 4, [1, 1, 6, 0, 1, 0], []);                               // no USB path at all
        IReadOnlyList<UsbDevice> found = Hardware.FindUsbDevices();
        Assert.Equal([(1, 1), (2, 2), (0x101, 3)], found.Select(it => ((int)it.Address, (int)it.Descriptor.Span[10])));
        Assert.Equal(18, found[0].Descriptor.Length);
        Assert.Equal("0407:3", Hardware.ReadUsbText(0x101, 3));
        Assert.Null(Hardware.ReadUsbText(0x101, 9));
        Assert.Null(Hardware.ReadUsbText(0x102, 3));
        Assert.Empty(_fake.Pools);
    }

    [Theory]
    [InlineData(40u)]   // U-Boot
    [InlineData(48u)]   // EDK2
    public void NeighboursInTheMemoryMapAreOneRegion(uint stride)
    {
        _fake.MapStride = stride;
        Add(MemoryType.BootServicesData, 0x200000, 16);
        Add(MemoryType.Conventional, 0x1000, 2);
        Add(MemoryType.LoaderCode, 0x3000, 1);
        Add(MemoryType.RuntimeServicesData, 0x4000, 1);
        Add(MemoryType.AcpiNvs, 0x5000, 1);
        Add(MemoryType.Reserved, 0x6000, 1);
        Add(MemoryType.LoaderData, 0x7000, 0);
        Assert.Equal(
            [new MemoryRegion(0x1000, 0x3000), new MemoryRegion(0x200000, 0x10000)], Hardware.FindUsableMemory());
    }

    [Theory]
    [InlineData(0x1000, 0x5000, true)]
    [InlineData(0x1000, 0x5001, false)]
    [InlineData(0x1001, 0x4fff, true)]
    [InlineData(0x0fff, 2, false)]
    [InlineData(0x7000, 1, false)]           // reserved
    [InlineData(0x6000, 1, false)]           // right behind
    [InlineData(0x5fff, ulong.MaxValue, false)]
    public void MemoryIsWhatTheMapShowsAsSuch(ulong address, ulong lengthBytes, bool isMemory)
    {
        Add(MemoryType.Conventional, 0x1000, 3);
        Add(MemoryType.RuntimeServicesData, 0x4000, 1);
        Add(MemoryType.AcpiNvs, 0x5000, 1);
        Add(MemoryType.Reserved, 0x7000, 1);
        Assert.Equal(isMemory, Hardware.IsMemory(address, lengthBytes));
    }

    [Fact]
    public void TheNewerAcpiRootCountsMore()
    {
        Assert.Equal(0ul, Hardware.AcpiRoot);
        ConfigurationTable* rows = (ConfigurationTable*)_fake.NewBytes(new byte[2 * sizeof(ConfigurationTable)]);
        rows[0] = new ConfigurationTable { VendorGuid = Guids.Acpi1, VendorTable = (void*)0x1000 };
        rows[1] = new ConfigurationTable { VendorGuid = Guids.Acpi2, VendorTable = (void*)0x2000 };
        _fake.Table->ConfigurationTable = rows;
        _fake.Table->NumberOfTableEntries = 1;
        Assert.Equal(0x1000ul, Hardware.AcpiRoot);
        _fake.Table->NumberOfTableEntries = 2;
        Assert.Equal(0x2000ul, Hardware.AcpiRoot);
    }

    [Fact]
    public void NoTableIsReadAtNoAddress()
    {
        Assert.True(Hardware.ReadMemory(0, 36).IsEmpty);
        byte* bytes = _fake.NewBytes([1, 2, 3]);
        Assert.Equal([1, 2, 3], Hardware.ReadMemory((ulong)bytes, 3).ToArray());
        Assert.True(Hardware.ReadMemory((ulong)bytes, -1).IsEmpty);
        Assert.True(Hardware.SmbiosStructures.IsEmpty);
        Assert.Equal(0, Hardware.SmbiosVersion);
    }

    [Fact]
    public void CpuidIsTheCpusOwn()
    {
        Assert.False(Hardware.TryIdentifyCpu(0, 0, out _));
        _fake.Cpu.Identity[(7, 1)] = [1, 2, 3, 4];
        Assert.True(Hardware.TryIdentifyCpu(7, 1, out CpuidRegisters registers));
        Assert.Equal(new CpuidRegisters(1, 2, 3, 4), registers);
        Assert.Equal([1u, 2u, 3u, 4u], Enumerable.Range(0, 4).Select(i => registers[i]));
    }

    private void Add(uint type, ulong start, ulong pages) => _fake.Map.Add(
        new MemoryDescriptor { Type = type, PhysicalStart = start, NumberOfPages = pages });

    private void AddPci(uint segment, uint bus, uint device, uint function)
    {
        PciIo* pci = _fake.New<PciIo>();
        pci->GetLocation = &Locate;
        pci->PciRead = &ReadPci;
        s_addresses[(nint)pci] = segment << 16 | bus << 8 | device << 3 | function;
        if (bus > 255) s_addresses[(nint)pci] = uint.MaxValue;
        _fake.Install(_fake.NewHandle(), Guids.PciIo, pci);
    }

    private void AddUsb(byte product, byte[] host, byte[] way)
    {
        UsbIo* usb = _fake.New<UsbIo>();
        usb->GetDeviceDescriptor = &Describe;
        usb->GetSupportedLanguages = &NameLanguages;
        usb->GetStringDescriptor = &ReadText;
        s_products[(nint)usb] = product;
        nint handle = _fake.NewHandle();
        _fake.Install(handle, Guids.UsbIo, usb);
        _fake.Install(handle, Guids.DevicePath, _fake.NewBytes([.. host, .. way, 0x7f, 0xff, 4, 0]));
    }

    [UnmanagedCallersOnly]
    private static nuint Locate(PciIo* pci, nuint* segment, nuint* bus, nuint* device, nuint* function)
    {
        uint address = s_addresses[(nint)pci];
        *segment = address >> 16;
        *bus = address == uint.MaxValue ? 256 : address >> 8 & 255;
        *device = address >> 3 & 31;
        *function = address & 7;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint ReadPci(PciIo* pci, uint width, uint offset, nuint count, void* buffer)
    {
        if (width != PciIo.WidthUint8 || offset + count > 250) return Status.InvalidParameter.Value;
        uint address = s_addresses[(nint)pci];
        byte[] space = [(byte)address, (byte)(address >> 8), (byte)offset, (byte)(offset + 1)];
        space.CopyTo(new Span<byte>(buffer, (int)count));
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint Describe(UsbIo* usb, byte* descriptor)
    {
        new Span<byte>(descriptor, 18).Fill(0xee);
        descriptor[10] = s_products[(nint)usb];
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint NameLanguages(UsbIo* usb, ushort** languages, ushort* bytes)
    {
        *languages = (ushort*)FakeFirmware.Current.NewBytes([7, 4]);
        *bytes = 2;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint ReadText(UsbIo* usb, ushort language, byte index, char** text)
    {
        if (index == 9) return Status.NotFound.Value;
        string answer = $"{language:x4}:{index}\0";
        void* pool = null;
        FakeFirmware.Current.Boot->AllocatePool(4, (nuint)(2 * answer.Length), &pool);
        answer.CopyTo(new Span<char>(pool, answer.Length));
        *text = (char*)pool;
        return 0;
    }
}
