using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Bootlace.Uefi.Raw;
using Xunit;

namespace Bootlace.Tests.Uefi;

/// <summary>Protects the layout of every firmware structure: the numbers are those of the UEFI specification on a
/// 64-bit machine, not of our own declarations.</summary>
public class AbiTests
{
    [Fact]
    public void TheSystemTableLiesAsSpecified() => Layout<SystemTable>(120,
        ("FirmwareVendor", 24), ("FirmwareRevision", 32), ("ConsoleInHandle", 40), ("ConIn", 48), ("ConOut", 64),
        ("StdErr", 80), ("RuntimeServices", 88), ("BootServices", 96), ("NumberOfTableEntries", 104),
        ("ConfigurationTable", 112));

    [Fact]
    public void TheBootServicesLieAsSpecified() => Layout<BootServices>(376,
        ("RaiseTpl", 24), ("RestoreTpl", 32), ("AllocatePages", 40), ("FreePages", 48), ("GetMemoryMap", 56),
        ("AllocatePool", 64), ("FreePool", 72), ("CreateEvent", 80), ("SetTimer", 88), ("WaitForEvent", 96),
        ("SignalEvent", 104), ("CloseEvent", 112), ("CheckEvent", 120), ("InstallProtocolInterface", 128),
        ("HandleProtocol", 152), ("LocateHandle", 176), ("LocateDevicePath", 184), ("InstallConfigurationTable", 192),
        ("LoadImage", 200), ("StartImage", 208), ("Exit", 216), ("UnloadImage", 224), ("ExitBootServices", 232),
        ("Stall", 248), ("SetWatchdogTimer", 256), ("ConnectController", 264), ("DisconnectController", 272),
        ("OpenProtocol", 280), ("CloseProtocol", 288), ("OpenProtocolInformation", 296), ("LocateHandleBuffer", 312),
        ("LocateProtocol", 320), ("InstallMultipleProtocolInterfaces", 328),
        ("UninstallMultipleProtocolInterfaces", 336), ("CalculateCrc32", 344), ("CreateEventEx", 368));

    [Fact]
    public void TheRuntimeServicesLieAsSpecified() => Layout<RuntimeServices>(136,
        ("GetTime", 24), ("GetVariable", 72), ("GetNextVariableName", 80), ("SetVariable", 88), ("ResetSystem", 104));

    [Fact]
    public void ShimsProtocolLiesAsInItsHeader() =>
        Layout<ShimLock>(24, ("Verify", 0), ("Hash", 8), ("Context", 16));

    [Fact]
    public void PciIoLiesAsSpecified() =>
        Layout<PciIo>(120, ("MemRead", 16), ("IoRead", 32), ("PciRead", 48), ("GetLocation", 112));

    [Fact]
    public void UsbIoLiesAsSpecified() => Layout<UsbIo>(104,
        ("GetDeviceDescriptor", 48), ("GetStringDescriptor", 80), ("GetSupportedLanguages", 88));

    [Fact]
    public void TimeLiesAsSpecified() => Layout<Time>(16, ("Nanosecond", 8), ("TimeZone", 12), ("Daylight", 14));

    [Fact]
    public void TextOutputLiesAsSpecified() => Layout<SimpleTextOutput>(80,
        ("OutputString", 8), ("QueryMode", 24), ("SetAttribute", 40), ("ClearScreen", 48), ("SetCursorPosition", 56),
        ("EnableCursor", 64), ("Mode", 72));

    [Fact]
    public void TextOutputModeLiesAsSpecified() => Layout<SimpleTextOutputMode>(24, ("Mode", 4), ("CursorVisible", 20));

    [Fact]
    public void GraphicsLieAsSpecified()
    {
        Layout<GraphicsOutput>(32, ("SetMode", 8), ("Blt", 16), ("Mode", 24));
        Layout<GraphicsOutputMode>(40, ("Mode", 4), ("Info", 8), ("SizeOfInfo", 16), ("FrameBufferBase", 24),
            ("FrameBufferSize", 32));
        Layout<GraphicsModeInformation>(
            16, ("HorizontalResolution", 4), ("VerticalResolution", 8), ("PixelFormat", 12));
    }

    [Fact]
    public void FontsLieAsSpecified()
    {
        Layout<HiiFont>(32, ("GetGlyph", 16), ("GetFontInfo", 24));
        Layout<ImageOutput>(16, ("Height", 2), ("Bitmap", 8));
    }

    [Fact]
    public void TextInputLiesAsSpecified() => Layout<SimpleTextInput>(24, ("ReadKeyStroke", 8), ("WaitForKey", 16));

    [Fact]
    public void TextInputExLiesAsSpecified() =>
        Layout<SimpleTextInputEx>(48, ("ReadKeyStrokeEx", 8), ("WaitForKeyEx", 16));

    [Fact]
    public void KeysLieAsSpecified()
    {
        Layout<InputKey>(4, ("UnicodeChar", 2));
        Layout<KeyData>(12, ("KeyShiftState", 4), ("KeyToggleState", 8));
    }

    [Fact]
    public void SimpleNetworkLiesAsSpecified() => Layout<SimpleNetwork>(128,
        ("Start", 8), ("Stop", 16), ("Initialize", 24), ("Reset", 32), ("Shutdown", 40), ("ReceiveFilters", 48),
        ("GetStatus", 88), ("Transmit", 96), ("Receive", 104), ("WaitForPacket", 112), ("Mode", 120));

    [Fact]
    public void SimpleNetworkModeLiesAsSpecified() => Layout<SimpleNetworkMode>(656,
        ("MaxPacketSize", 12), ("ReceiveFilterMask", 24), ("MCastFilterCount", 36), ("MCastFilter", 40),
        ("CurrentAddress", 552), ("BroadcastAddress", 584), ("PermanentAddress", 616), ("IfType", 648),
        ("MultipleTxSupported", 650), ("MediaPresentSupported", 651), ("MediaPresent", 652));

    [Fact]
    public void LoadedImageLiesAsSpecified() => Layout<LoadedImage>(96,
        ("ParentHandle", 8), ("SystemTable", 16), ("DeviceHandle", 24), ("FilePath", 32), ("LoadOptionsSize", 48),
        ("LoadOptions", 56), ("ImageBase", 64), ("ImageSize", 72), ("ImageDataType", 84), ("Unload", 88));

    [Fact]
    public void DevicePathNodesLieAsSpecified() => Layout<DevicePathProtocol>(4, ("SubType", 1), ("LengthLow", 2));

    [Fact]
    public void FilesLieAsSpecified()
    {
        Layout<SimpleFileSystem>(16, ("OpenVolume", 8));
        Layout<File>(88,   // revision 1; revision 2 appends four members
            ("Open", 8), ("Close", 16), ("Delete", 24), ("Read", 32), ("Write", 40), ("GetPosition", 48),
            ("SetPosition", 56), ("GetInfo", 64), ("SetInfo", 72), ("Flush", 80));
        Layout<FileInfo>(80, ("FileSize", 8), ("CreateTime", 24), ("Attribute", 72));
        Layout<FileSystemInfo>(40, ("ReadOnly", 8), ("VolumeSize", 16), ("FreeSpace", 24), ("BlockSize", 32));
        Assert.Equal(36, FileSystemInfo.LabelOffset);
    }

    [Fact]
    public void PxeBaseCodeLiesAsSpecified()
    {
        Layout<PxeBaseCode>(112, ("Mtftp", 40), ("Mode", 104));
        Layout<PxeBaseCodeMode>(8884,   // where IpFilter would begin
            ("UsingIpv6", 3), ("DhcpAckReceived", 9), ("ProxyOfferReceived", 10), ("PxeReplyReceived", 12), ("ToS", 18),
            ("StationIp", 20), ("SubnetMask", 36), ("DhcpDiscover", 52), ("DhcpAck", 1524), ("ProxyOffer", 2996),
            ("PxeReply", 5940), ("PxeBisReply", 7412));
    }

    [Fact]
    public void BlockDevicesLieAsSpecified()
    {
        Layout<BlockIo>(48,
            ("Media", 8), ("Reset", 16), ("ReadBlocks", 24), ("WriteBlocks", 32), ("FlushBlocks", 40));
        Layout<BlockIo2>(40,
            ("Media", 0), ("Reset", 8), ("ReadBlocksEx", 16), ("WriteBlocksEx", 24), ("FlushBlocksEx", 32));
        Layout<BlockIo2Token>(16, ("Event", 0), ("TransactionStatus", 8));
        Layout<BlockIoMedia>(48,
            ("RemovableMedia", 4), ("MediaPresent", 5), ("LogicalPartition", 6), ("ReadOnly", 7), ("WriteCaching", 8),
            ("BlockSize", 12), ("IoAlign", 16), ("LastBlock", 24), ("LowestAlignedLba", 32),
            ("LogicalBlocksPerPhysicalBlock", 40), ("OptimalTransferLengthGranularity", 44));
    }

    [Fact]
    public void SmallProtocolsLieAsSpecified()
    {
        Layout<AcpiTable>(16, ("InstallAcpiTable", 0), ("UninstallAcpiTable", 8));
        Layout<RamDisk>(16, ("Register", 0), ("Unregister", 8));
        Layout<LoadFile2>(8, ("LoadFile", 0));
        Layout<Rng>(16, ("GetRng", 8));
        Layout<ConfigurationTable>(24, ("VendorTable", 16));
        Layout<TableHeader>(24, ("Crc32", 16));
        Layout<MemoryDescriptor>(40, ("PhysicalStart", 8), ("NumberOfPages", 24), ("Attribute", 32));
    }

    [Fact]
    public void AnIdentifierHasTheBytesOfAppendixA()
    {
        EfiGuid guid = Guids.SimpleNetwork;
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<EfiGuid>(in guid));
        Assert.Equal("b93298a125acd3119a2d0090273fc14d", Convert.ToHexStringLower(bytes));
        Assert.NotEqual(Guids.FileInfo, Guids.FileSystemInfo);
    }

    private static void Layout<T>(int sizeBytes, params (string Field, int Offset)[] fields) where T : unmanaged
    {
        foreach ((string field, int offset) in fields)
            Assert.True(offset == (int)Marshal.OffsetOf<T>(field), $"{typeof(T).Name}.{field} belongs at {offset}");
        Assert.Equal(sizeBytes, Unsafe.SizeOf<T>());
    }
}
