using System;
using System.Runtime.InteropServices;
using System.Text;
using Bootlace.Boot;
using Bootlace.Tests.Uefi.Fakes;
using Bootlace.Uefi;
using Bootlace.Uefi.Raw;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Uefi;

/// <summary>Protects what is believed of the firmware's own knowledge: packets, paths and options as each firmware
/// leaves them, and as damaged ones do.</summary>
[Collection(FirmwareCollection.Name)]
public sealed unsafe class BootSourceTests : IDisposable
{
    private FakeFirmware _firmware = new();
    private FakeSnp? _card;

    public void Dispose() => _firmware.Dispose();

    [Fact]
    public void Edk2sFlaggedPacketsAreCopied()
    {
        PxeBaseCodeMode* mode = NetworkBoot(isUBoot: false);
        mode->DhcpAckReceived = 1;
        WritePacket(mode->DhcpAck, type: 5);
        WritePacket(mode->ProxyOffer, type: 2);   // not flagged

        BootSource source = Read();
        mode->DhcpAck[240] = 0xff;                // the firmware's copy dies with the exclusive open

        Assert.Equal(5, source.DhcpAck.Span[242]);
        Assert.True(source.ProxyOffer.IsEmpty);
        Assert.True(source.PxeReply.IsEmpty);
        Assert.Equal("52:54:00:12:34:56", source.NicAddress.ToString());
    }

    [Fact]
    public void UBootsUnflaggedOfferIsTakenWhenItIsForOurCard()
    {
        PxeBaseCodeMode* mode = NetworkBoot(isUBoot: true);
        WritePacket(mode->DhcpAck, type: 2);
        Assert.Equal(2, Read().DhcpAck.Span[242]);

        mode->DhcpAck[30] ^= 1;                   // another card's dhcp
        Assert.True(Read().DhcpAck.IsEmpty);
    }

    [Theory]
    [InlineData(236)]   // no magic cookie
    [InlineData(0)]     // a request
    public void UBootsEmptyOrForeignPacketIsNone(int offset)
    {
        PxeBaseCodeMode* mode = NetworkBoot(isUBoot: true);
        WritePacket(mode->DhcpAck, type: 2);
        mode->DhcpAck[offset] = 1;
        Assert.True(Read().DhcpAck.IsEmpty);
    }

    [Fact]
    public void AnIpv6BootsPacketsAreLeftAlone()
    {
        PxeBaseCodeMode* mode = NetworkBoot(isUBoot: false);
        mode->UsingIpv6 = 1;
        mode->DhcpAckReceived = 1;
        WritePacket(mode->DhcpAck, type: 5);
        Assert.True(Read().DhcpAck.IsEmpty);
    }

    [Fact]
    public void HttpBootLeavesItsLeaseAndUriInThePath()
    {
        Device(new DevicePathWriter().Mac(MacAddress.Read(FakeSnp.Mac)).Ipv4(new DevicePathIpv4
        {
            Local = Ipv4Address.Read([10, 0, 2, 15]),
            Gateway = Ipv4Address.Read([10, 0, 2, 2]),
            Netmask = Ipv4Address.Read([255, 255, 255, 0]),
        }).Uri("http://10.0.2.2/loader.efi").End());

        BootSource source = Read();

        Assert.Equal("http://10.0.2.2/loader.efi", source.Uri);
        Assert.Equal("10.0.2.15", source.PathLease?.Local.ToString());
        Assert.Equal("10.0.2.2", source.PathLease?.Gateway.ToString());
        Assert.Null(source.VolumePath);
    }

    [Fact]
    public void PxesEmptyIpv4NodeIsNoLease()
    {
        Device(new DevicePathWriter().Mac(MacAddress.Read(FakeSnp.Mac)).Ipv4(default).End());
        Assert.Null(Read().PathLease);
    }

    [Fact]
    public void AVolumePathCountsOnlyWhereThereIsAVolume()
    {
        nint device = Device(new DevicePathWriter().HardwareVendor(new byte[16]).End());
        _firmware.Image->FilePath = (DevicePathProtocol*)_firmware.NewBytes(
            new DevicePathWriter().FilePath("\\EFI\\BOOT\\BOOTX64.EFI").End());
        Assert.Null(Read().VolumePath);   // U-Boot's tftp names the file too

        _firmware.Install(device, Guids.SimpleFileSystem, _firmware.New<SimpleFileSystem>());
        Assert.Equal("\\EFI\\BOOT\\BOOTX64.EFI", Read().VolumePath);
    }

    [Fact]
    public void ALoaderStartedFromMemoryHasNoCard()
    {
        Device(new DevicePathWriter().MemoryMapped(1, 0x1000, 0x2000).End());
        BootSource source = Read();
        Assert.Null(source.NicAddress);
        Assert.Null(source.Uri);
        Assert.True(source.DhcpAck.IsEmpty);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void X9_APathNodeShorterThanItsHeaderEndsTheWalk(int length)
    {
        byte[] path = new DevicePathWriter().Mac(MacAddress.Read(FakeSnp.Mac)).Uri("http://a/b").End();
        path[2] = (byte)length;
        path[3] = 0;
        Device(path);
        Assert.Null(Read().Uri);
    }

    [Fact]
    public void X9_APathWithoutAnEndIsNotFollowedForEver()
    {
        var path = new byte[100_000];
        for (int i = 0; i < path.Length; i += 4) new byte[] { 3, 1, 4, 0 }.CopyTo(path, i);
        Device(path);
        Assert.Null(Read().Uri);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("script=http://a/b", "script=http://a/b")]
    [InlineData("info-x64.efi script=x", "script=x")]
    [InlineData("LOADER.EFI", "")]
    [InlineData("fs0:\\loader.EFI\ta b", "a b")]
    [InlineData("a=b.efi", "")]   // a first word is a name when it ends so; nothing else could tell
    [InlineData("dhcp && chain x.efi", "dhcp && chain x.efi")]
    public void AnImageNameInFrontOfTheOptionsIsDropped(string text, string expected) =>
        Assert.Equal(expected, Options(Encoding.Unicode.GetBytes(text + "\0")));

    [Fact]
    public void X8_OptionsOfOddLengthOrWithoutTheirNulAreRead()
    {
        Assert.Equal("abc", Options([.. Encoding.Unicode.GetBytes("abc"), 0x64]));
        Assert.Equal("abc", Options(Encoding.Unicode.GetBytes("abc")));
        Assert.Equal("", Options([0x61]));
        Assert.Equal("ab", Options(Encoding.Unicode.GetBytes("ab\0\0trailing")));
    }

    [Fact]
    public void X8_BinaryOptionsOfABootEntryAreNoText() =>
        Assert.Equal("", Options([0x1b, 0x00, 0x05, 0x00, 0x41, 0x00, 0x00, 0x00]));

    [Fact]
    public void X8_HugeOptionsAreCutNotRefused() =>
        Assert.Equal(16 * 1024, Options(Encoding.Unicode.GetBytes(new string('x', 100_000))).Length);

    private string Options(byte[] bytes)
    {
        fixed (byte* options = bytes.Length == 0 ? [0] : bytes)
            return BootSourceReader.ReadLoadOptions(options, (uint)bytes.Length);
    }

    private BootSource Read() => BootSourceReader.Read(_firmware.NewServices());

    private nint Device(byte[] path)
    {
        nint handle = _firmware.NewHandle();
        _firmware.Install(handle, Guids.DevicePath, _firmware.NewBytes(path));
        _firmware.Image->DeviceHandle = handle;
        return handle;
    }

    private PxeBaseCodeMode* NetworkBoot(bool isUBoot)
    {
        _firmware.Dispose();
        _firmware = new FakeFirmware(isUBoot ? "Das U-Boot" : "EDK II");
        _card = new FakeSnp(_firmware, isUBoot);
        _firmware.Image->DeviceHandle = _card.Handle;
        PxeBaseCode* pxe = _firmware.New<PxeBaseCode>();
        pxe->Mode = _firmware.New<PxeBaseCodeMode>();
        _firmware.Install(_card.Handle, Guids.PxeBaseCode, pxe);
        return pxe->Mode;
    }

    private static void WritePacket(byte* packet, byte type)
    {
        packet[0] = 2;
        FakeSnp.Mac.CopyTo(new Span<byte>(packet + 28, 6));
        new byte[] { 0x63, 0x82, 0x53, 0x63, 53, 1, type, 255 }.CopyTo(new Span<byte>(packet + 236, 8));
    }
}
