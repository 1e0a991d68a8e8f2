using System;
using System.Linq;
using System.Text;
using Bootlace.Boot;
using Bootlace.Script;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects the settings that say what the machine is: how their numbers are read, what they give for which
/// type, and what there is nothing for (spec 3.2).</summary>
public class HardwareBlockTests
{
    private const string Uuid = "03020100-0504-0706-0809-0a0b0c0d0e0f";

    private readonly FakeHardware _hardware = new();
    private readonly SettingsStore _settings = new();

    public HardwareBlockTests() => HardwareBlocks.Register(_settings, _hardware);

    [Theory]
    [InlineData("smbios/1.4.0", "ACME")]
    [InlineData("smbios/0.1.4.0", "ACME")]
    [InlineData("smbios/1.0.2", "Rocket")]
    [InlineData("smbios/1.6.0", "")]            // string number 0 is none
    [InlineData("smbios/1.0.9", "")]
    [InlineData("smbios/1.4.2", "01:02")]
    [InlineData("smbios/1.24.1", "06")]
    [InlineData("smbios/1.24.1:uint8", "0x6")]
    [InlineData("smbios/1.26.9", "00")]         // cut at the structure's end
    [InlineData("smbios/1.27.1", "")]
    [InlineData("smbios/2.4.1", "77")]
    [InlineData("smbios/1.2.4.1", "88")]        // the second structure of type 2
    [InlineData("smbios/2.2.4.1", "")]
    [InlineData("smbios/9.4.1", "")]
    [InlineData("smbios/2.0.0", "02:05:00:00:77")]
    [InlineData("smbios/1.8.16", Uuid)]         // the number of the setting 'uuid'
    [InlineData("uuid", Uuid)]
    [InlineData("uuid:guid", "00010203-0405-0607-0809-0a0b0c0d0e0f")]
    [InlineData("uuid:hexraw", "000102030405060708090a0b0c0d0e0f")]
    [InlineData("smbios/uuid", Uuid)]
    [InlineData("manufacturer", "ACME")]
    [InlineData("product", "Rocket")]
    [InlineData("serial", "S-1")]
    [InlineData("asset", "")]
    [InlineData("smbios/nothing", "")]
    public void Smbios(string reference, string expected)
    {
        _hardware.Smbios =
        [
            1, 27, 0, 1, 1, 2, 0, 3, .. Enumerable.Range(0, 16).Select(i => (byte)i), 6, 0, 0,
            .. "ACME\0Rocket\0S-1\0\0"u8,
            2, 5, 0, 0, 0x77, 0, 0, 2, 5, 0, 0, 0x88, 0, 0, 127, 4, 0, 0, 0, 0,
        ];
        Assert.Equal(expected, Show(reference));
    }

    [Fact]
    public void OlderTablesHaveTheUuidAsItIs()
    {
        _hardware.SetUuid([.. Enumerable.Range(0, 16).Select(i => (byte)i)]);
        _hardware.SmbiosVersion = 0x0205;
        Assert.Equal("00010203-0405-0607-0809-0a0b0c0d0e0f", Show("uuid"));
        _hardware.SetUuid(new byte[16]);
        Assert.Equal("", Show("uuid"));
        Assert.Equal("00000000000000000000000000000000", Show("uuid:hexraw"));
    }

    [Theory]
    [InlineData("pci/0x18.0.2", "1af4")]
    [InlineData("pci/0x18.2.2", "1041")]
    [InlineData("pci/24.0.4", "10411af4")]
    [InlineData("pci/0x18.8.1:uint8", "0x1")]
    [InlineData("pci/0x18.255.1", "ff")]
    [InlineData("pci/0x18.255.2", "")]          // past the end
    [InlineData("pci/0x18.0.0", "")]
    [InlineData("pci/0x20.0.2", "ffff")]        // no such function
    [InlineData("pci/0x10018.0.2", "ffff")]     // nor in another segment
    [InlineData("pci/x", "")]
    public void Pci(string reference, string expected)
    {
        byte[] space = new byte[256];
        ((ReadOnlySpan<byte>)[0xf4, 0x1a, 0x41, 0x10]).CopyTo(space);
        space[8] = 1;
        space[255] = 0xff;
        _hardware.PciFunctions[0x18] = space;
        Assert.Equal(expected, Show(reference));
    }

    [Fact]
    public void WithoutAnyPciNothingIsSet() => Assert.Equal("", Show("pci/0x18.0.2"));

    [Theory]
    [InlineData("usb/1.8.2", "0627")]
    [InlineData("usb/1.10.2:uint16", "0x1")]
    [InlineData("usb/1.14.0", "QEMU")]
    [InlineData("usb/1.0.2", "Keyboard")]
    [InlineData("usb/1.16.0", "")]
    [InlineData("usb/1.0.9", "")]
    [InlineData("usb/1.0.0", "120100020000004027060100000001020001")]
    [InlineData("usb/0x8001.8.2", "2706")]
    [InlineData("usb/1.17.5", "01")]
    [InlineData("usb/1.18.1", "")]
    [InlineData("usb/2.8.2", "")]
    public void Usb(string reference, string expected)
    {
        byte[] descriptor = [18, 1, 0, 2, 0, 0, 0, 0x40, 0x27, 6, 1, 0, 0, 0, 1, 2, 0, 1];
        _hardware.UsbDevices.Add(new UsbDevice(1, descriptor));
        _hardware.UsbTexts[(1, 1)] = "QEMU";
        _hardware.UsbTexts[(1, 2)] = "Keyboard";
        Assert.Equal(expected, Show(reference));
    }

    [Theory]
    [InlineData("acpi/0x41504943.0.36.2", "0102")]
    [InlineData("acpi/0x41504943.0.36.0", "01020304")]
    [InlineData("acpi/0x41504943.0.36.4:uint32", "0x4030201")]
    [InlineData("acpi/0x41504943.0.0.36.1", "01")]
    [InlineData("acpi/0x41504943.0.0.36.9", "01020304")]
    [InlineData("acpi/0x41504943.0.1.0.1", "")]       // an offset of 256
    [InlineData("acpi/0x41504943.1.36.1", "99")]      // the second one
    [InlineData("acpi/0x41504943.0.1.36.1", "")]
    [InlineData("acpi/0x41504943.2.36.1", "")]
    [InlineData("acpi/0x41504943.0.40.1", "")]
    [InlineData("acpi/0x46414350.0.0.4:string", "FACP")]
    [InlineData("acpi/0x44534454.0.0.4:string", "DSDT")]   // by the FADT
    [InlineData("acpi/0x44534454.1.0.4:string", "")]
    [InlineData("acpi/0x53534454.0.0.4:string", "SSDT")]
    [InlineData("acpi/0x12345678.0.0.4", "")]
    [InlineData("acpi/0.0.0.4", "")]
    public void Acpi(string reference, string expected)
    {
        SetAcpi();
        Assert.Equal(expected, Show(reference));
    }

    [Fact]
    public void WithoutAcpiNothingIsSet() => Assert.Equal("", Show("acpi/0x41504943.0.36.2"));

    [Fact]
    public void TheStationAddressInTheCodeIsFoundInEitherKindOfTable()
    {
        var tables = new AcpiTables(_hardware);
        Assert.Null(tables.FindStationAddress());
        SetAcpi();
        Assert.Null(tables.FindStationAddress());
        _hardware.Memory[0x5000] = Table("SSDT", "x_RTXMAC_#525400123457#"u8);
        Assert.Equal([0x52, 0x54, 0, 0x12, 0x34, 0x57], tables.FindStationAddress());
        _hardware.Memory[0x6000] = Table("DSDT", "_AUXMAC_#525400123456#"u8);
        Assert.Equal([0x52, 0x54, 0, 0x12, 0x34, 0x56], tables.FindStationAddress());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(35)]
    [InlineData(int.MaxValue)]
    public void X10_ATableOfImpossibleLengthIsNone(int lengthBytes)
    {
        SetAcpi();
        BitConverter.TryWriteBytes(_hardware.Memory[0x3000].AsSpan(4), lengthBytes);
        Assert.Equal("99", Show("acpi/0x41504943.0.36.1"));   // the second is the first that can be read
        BitConverter.TryWriteBytes(_hardware.Memory[0x2000].AsSpan(4), lengthBytes);
        Assert.Equal("", Show("acpi/0x41504943.0.36.1"));
    }

    [Fact]
    public void X10_AListThatNamesItselfOrNoMemoryEnds()
    {
        SetAcpi();
        for (int i = 36; i < 76; i += 8)
            BitConverter.TryWriteBytes(_hardware.Memory[0x2000].AsSpan(i), i == 36 ? 0x2000ul : 0xdead_0000);
        Assert.Equal("", Show("acpi/0x41504943.0.36.1"));
        Assert.Equal("XSDT", Show("acpi/0x58534454.0.0.4:string"));
        Assert.Equal("", Show("acpi/0x58534454.1.0.4:string"));
    }

    [Theory]
    [InlineData("cpuid/3.1", "078bfbfd")]
    [InlineData("cpuid/2.0x80000001", "00000001")]
    [InlineData("cpuid/0.4", "00000040")]
    [InlineData("cpuid/1.0x40.0.4", "00000041")]           // subleaf 1
    [InlineData("cpuid/0.9", "")]                          // past the last leaf
    [InlineData("cpuid/0.0x80000009", "")]
    [InlineData("cpuid/1.0.0.0", "0000000800060fb1")]      // EAX of two leaves
    [InlineData("cpuid/9.0.0.0", "")]                      // of ten: there are nine
    [InlineData("cpuvendor", "GenuineIntel")]
    [InlineData("cpumodel", "QEMU Virtual CPU")]
    [InlineData("cpuid/3.1:uint32", "0x78bfbfd")]
    public void Cpuid(string reference, string expected)
    {
        _hardware.Cpuid[(0, 0)] = new CpuidRegisters(8, 0x756e6547, 0x6c65746e, 0x49656e69);
        _hardware.Cpuid[(1, 0)] = new CpuidRegisters(0x60fb1, 0, 0x80802001, 0x078bfbfd);
        _hardware.Cpuid[(4, 0)] = new CpuidRegisters(0x40, 0, 0, 0);
        _hardware.Cpuid[(4, 1)] = new CpuidRegisters(0x41, 0, 0, 0);
        _hardware.Cpuid[(0x80000000, 0)] = new CpuidRegisters(0x80000004, 0, 0, 0);
        _hardware.Cpuid[(0x80000001, 0)] = new CpuidRegisters(0, 0, 1, 0x20100800);
        _hardware.Cpuid[(0x80000002, 0)] = new CpuidRegisters(0x554d4551, 0x72695620, 0x6c617574, 0x55504320);
        Assert.Equal(expected, Show(reference));
    }

    [Fact]
    public void AMachineWithoutCpuidHasNoSuchSettings()
    {
        Assert.Equal("", Show("cpuid/3.1"));
        Assert.Equal("", Show("cpuvendor"));
    }

    [Theory]
    [InlineData("efi/SecureBoot", "01")]
    [InlineData("efi/SecureBoot:uint8", "0x1")]
    [InlineData("efi/PlatformLang:string", "en-US")]
    [InlineData("efi/PlatformLang", "65:6e:2d:55:53:00")]
    [InlineData("efi/secureboot", "")]
    [InlineData("SecureBoot", "")]               // only for those who name the block
    public void EfiVariables(string reference, string expected)
    {
        _hardware.Variables["SecureBoot"] = [1];
        _hardware.Variables["PlatformLang"] = "en-US\0"u8.ToArray();
        Assert.Equal(expected, Show(reference));
    }

    [Theory]
    [InlineData("memsize", "3")]
    [InlineData("memmap/0.0.2.0:uint32", "0x100000")]
    [InlineData("memmap/0.1.1.20:uint32", "0x4")]
    [InlineData("memmap/0.1.3.20:uint32", "0x6")]
    [InlineData("memmap/1.0.2.0", "0000000000300000")]
    [InlineData("memmap/2.0.2.0", "")]
    [InlineData("memmap/2.0.6.0", "0000000000300000")]
    [InlineData("memmap/0.2.2.0", "")]
    public void Memory(string reference, string expected)
    {
        _hardware.Usable.Add(new MemoryRegion(0x1000, 0x100000));
        _hardware.Usable.Add(new MemoryRegion(0x400000, 0x200000));
        Assert.Equal(expected, Show(reference));
    }

    [Theory]
    [InlineData("smbios/1.4.0")]
    [InlineData("pci/0x18.0.2")]
    [InlineData("efi/SecureBoot")]
    [InlineData("cpuid/3.1")]
    [InlineData("memmap/x")]
    public void NothingOfItCanBeChanged(string reference)
    {
        BootFailure failure = Assert.Throws<BootFailure>(() => _settings.StoreText(reference, "1"));
        Assert.Same(ScriptFailure.ReadOnlySetting, failure.Kind);
        _settings.Clear(reference);
    }

    [Fact]
    public void OptionNumbersMeanNothingHere()
    {
        _hardware.Smbios = [0, 255, .. new byte[253], 0, 0];
        _hardware.PciFunctions[0] = new byte[256];
        Assert.Equal("", Show("67"));
        Assert.Equal("", Show("0x10400"));
    }

    private string Show(string reference) =>
        _settings.TryFormat(reference, out string text) ? text : "";

    /// <summary>Root pointer, XSDT, two APICs, a FADT, its DSDT, and an SSDT.</summary>
    private void SetAcpi()
    {
        _hardware.AcpiRoot = 0x1000;
        byte[] root = new byte[36];
        "RSD PTR "u8.CopyTo(root);
        root[15] = 2;
        root[25] = 0x20;
        _hardware.Memory[0x1000] = root;
        byte[] fadt = new byte[112];
        BitConverter.TryWriteBytes(fadt.AsSpan(104), 0x6000ul);
        byte[] entries = [.. BitConverter.GetBytes(0x3000ul), .. BitConverter.GetBytes(0x7000ul),
            .. BitConverter.GetBytes(0ul), .. BitConverter.GetBytes(0x4000ul), .. BitConverter.GetBytes(0x5000ul)];
        _hardware.Memory[0x2000] = Table("XSDT", entries);
        _hardware.Memory[0x3000] = Table("APIC", [1, 2, 3, 4]);
        _hardware.Memory[0x7000] = Table("APIC", [0x99]);
        _hardware.Memory[0x4000] = Table("FACP", fadt);
        _hardware.Memory[0x5000] = Table("SSDT", [0]);
        _hardware.Memory[0x6000] = Table("DSDT", [0]);
    }

    private static byte[] Table(string signature, ReadOnlySpan<byte> body) =>
        [.. Encoding.ASCII.GetBytes(signature), .. BitConverter.GetBytes(36 + body.Length), .. new byte[28], .. body];
}
