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

/// <summary>Protects what a shim meets while it runs, and that the firmware's tables are as before
/// afterwards.</summary>
[Collection(FirmwareCollection.Name)]
public sealed unsafe class ShimTests : IDisposable
{
    private const string SbatLevel = "SbatLevel";
    private const uint Kept = VariableAttribute.NonVolatile | VariableAttribute.BootServiceAccess;

    private readonly FakeFirmware _fake = new();
    private readonly UefiFirmware _firmware;

    public ShimTests()
    {
        _fake.Boot->Header.HeaderSize = (uint)sizeof(BootServices);
        _fake.Runtime->Header.HeaderSize = (uint)sizeof(RuntimeServices);
        _fake.Others.Add((SbatLevel, Guids.ShimLock, "sbat,1,2025021800\nshim,4\n"u8.ToArray()));
        _fake.Others.Add(("Other", Guids.ShimLock, [7]));
        _fake.Others.Add((SbatLevel, Guids.GlobalVariable, [8]));
        _firmware = _fake.Enter();
    }

    public void Dispose() => _fake.Dispose();

    [Theory]
    [InlineData(false, false, true, true)]
    [InlineData(true, false, false, true)]
    [InlineData(false, true, true, false)]
    [InlineData(true, true, false, false)]
    public void TheTablesAreChangedAsWishedAndPutBack(
        bool requiresLoader, bool allowsSbat, bool changesMap, bool changesVariables)
    {
        byte[] boot = Copy(_fake.Boot), runtime = Copy(_fake.Runtime);
        nint map = (nint)_fake.Boot->GetMemoryMap;
        nint get = (nint)_fake.Runtime->GetVariable, set = (nint)_fake.Runtime->SetVariable;
        _fake.OnStartImage = _ =>
        {
            Assert.Equal(changesMap, (nint)_fake.Boot->GetMemoryMap != map);
            Assert.Equal(changesVariables, (nint)_fake.Runtime->GetVariable != get);
            Assert.Equal(changesVariables, (nint)_fake.Runtime->SetVariable != set);
            ExpectSigned(Copy(_fake.Boot));
            ExpectSigned(Copy(_fake.Runtime));
            return Status.Aborted;
        };
        Start(requiresLoader, allowsSbat);
        byte[] bootAfter = Copy(_fake.Boot), runtimeAfter = Copy(_fake.Runtime);
        ExpectSigned(bootAfter);
        ExpectSigned(runtimeAfter);
        Assert.Equal(WithoutChecksum(boot), WithoutChecksum(bootAfter));
        Assert.Equal(WithoutChecksum(runtime), WithoutChecksum(runtimeAfter));
    }

    [Fact]
    public void TheOperatingSystemFindsTheFirmwaresOwnFunctions()
    {
        nint map = (nint)_fake.Boot->GetMemoryMap, get = (nint)_fake.Runtime->GetVariable;
        _fake.OnStartImage = _ =>
        {
            _fake.ExitBootServices();
            Assert.Equal(map, (nint)_fake.Boot->GetMemoryMap);
            Assert.Equal(get, (nint)_fake.Runtime->GetVariable);
            ExpectSigned(Copy(_fake.Runtime));
            return Status.Success;
        };
        Start();
    }

    [Fact]
    public void OtherProgramsMeetTheFirmwareItself()
    {
        byte[] boot = Copy(_fake.Boot), runtime = Copy(_fake.Runtime);
        _fake.OnStartImage = _ =>
        {
            Assert.Equal(boot, Copy(_fake.Boot));
            Assert.Equal(runtime, Copy(_fake.Runtime));
            return Status.Success;
        };
        Start(shim: null);
    }

    [Fact]
    public void WhoeverAsksForTheMapHasUsedEveryShimsProtocol()
    {
        _fake.Map.Add(new MemoryDescriptor { Type = MemoryType.Conventional, NumberOfPages = 3 });
        _fake.OnStartImage = _ =>
        {
            Assert.Equal(1, MapEntries());
            Assert.Empty(_fake.Cpu.Calls);
            foreach (int verify in new[] { 0x111, 0x222 })
            {
                ShimLock* shimLock = _fake.New<ShimLock>();
                shimLock->Verify = (void*)verify;
                _fake.Install(_fake.NewHandle(), Guids.ShimLock, shimLock);
            }
            Assert.Equal(1, MapEntries());
            return Status.Success;
        };
        Start();
        Assert.Equal([(0x111, 0, 0), (0x222, 0, 0)], _fake.Cpu.Calls);
    }

    [Fact]
    public void ALevelThatWasWrittenIsReadBackOnceAndRevokesNothing()
    {
        _fake.OnStartImage = _ =>
        {
            Assert.Equal("\n", Get(SbatLevel, Guids.ShimLock));
            Set(SbatLevel, "");
            Assert.Equal("\n", Get(SbatLevel, Guids.ShimLock));
            Set(SbatLevel, "sbat,1,2030\n");
            Assert.Equal("sbat,1,2030\n", Get(SbatLevel, Guids.ShimLock));
            Assert.Equal("\n", Get(SbatLevel, Guids.ShimLock));
            return Status.Success;
        };
        Start();
        Assert.Equal("sbat,1,2025021800\nshim,4\n", Get(SbatLevel, Guids.ShimLock));
        Assert.Empty(_fake.Variables);
    }

    [Fact]
    public void OtherVariablesAreTheFirmwares()
    {
        _fake.OnStartImage = _ =>
        {
            Assert.Equal("\a", Get("Other", Guids.ShimLock));
            Assert.Equal("\b", Get(SbatLevel, Guids.GlobalVariable));
            Set("SbatLevelRT", "12345678");
            Set("Sbat", "12345678");
            return Status.Success;
        };
        Start();
        Assert.Equal(["SbatLevelRT", "Sbat"], _fake.Variables.Keys);
    }

    [Fact]
    public void WrongQuestionsAboutTheLevelAreRefused()
    {
        _fake.OnStartImage = _ =>
        {
            EfiGuid vendor = Guids.ShimLock;
            byte* value = stackalloc byte[8];
            nuint size = 8;
            fixed (char* name = SbatLevel)
            {
                RuntimeServices* services = _fake.Runtime;
                Assert.Equal(Status.InvalidParameter, (Status)services->GetVariable(name, &vendor, null, null, value));
                Assert.Equal(Status.BufferTooSmall, (Status)services->GetVariable(name, &vendor, null, &size, null));
                Assert.Equal(1u, size);
                Assert.Equal(Status.InvalidParameter, (Status)services->SetVariable(name, &vendor, Kept, 1, null));
                Assert.Equal(Status.OutOfResources, (Status)services->SetVariable(name, &vendor, Kept, 5000, value));
            }
            return Status.Success;
        };
        Start();
    }

    [Theory]
    [InlineData(26)]
    [InlineData(15)]
    public void AShimThatTheFirmwareRefusesIsNamed(int error)
    {
        byte[] boot = Copy(_fake.Boot);
        _fake.OnLoadImage = () => new Status((nuint)error | (nuint)1 << 63);
        BootFailure failure = Assert.Throws<BootFailure>(() => Start());
        Assert.Same(FirmwareFailure.ShimUntrusted, failure.Kind);
        Assert.Contains("'BOOTX64.EFI'", failure.Message);
        Assert.Equal(boot, Copy(_fake.Boot));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(26, true)]
    [InlineData(15, true)]
    [InlineData(3, false)]
    public void ATrialLeavesNothingBehind(int error, bool isUntrusted)
    {
        nint[] handles = [.. _fake.Handles.Keys];
        _fake.OnLoadImage = () => error == 0 ? Status.Success : new Status((nuint)error | (nuint)1 << 63);
        Assert.Equal(isUntrusted, _firmware.IsUntrusted(new byte[] { 1, 2 }, "vmlinuz", "http://h/vmlinuz"));
        Assert.Equal(handles, _fake.Handles.Keys);
        if (error == 0) Assert.Equal([1, 2], _fake.LoadedBytes);
        Assert.Equal(error is 0 or 26 ? ["load", "unload"] : ["load"], _fake.Log);
    }

    private void Start(bool requiresLoader = false, bool allowsSbat = false) =>
        Start(new ShimStart("BOOTX64.EFI", requiresLoader, allowsSbat));

    private void Start(ShimStart? shim) => _firmware.StartImage(new ImageStart
    {
        Image = new byte[] { 1 },
        Name = "shimx64.efi",
        Uri = "http://h/vmlinuz",
        CommandLine = "shimx64.efi grubx64.efi vmlinuz",
        Arguments = "",
        Initrd = [],
        Files = [],
        Shim = shim,
    });

    private int MapEntries()
    {
        byte* map = stackalloc byte[512];
        nuint size = 512, key = 0, stride = 0;
        uint version = 0;
        Assert.Equal(Status.Success, (Status)_fake.Boot->GetMemoryMap(&size, map, &key, &stride, &version));
        return (int)(size / stride);
    }

    private string Get(string variable, EfiGuid vendor)
    {
        byte* value = stackalloc byte[100];
        nuint size = 0;
        uint attributes = Kept;
        fixed (char* name = variable)
        {
            Status sized = (Status)_fake.Runtime->GetVariable(name, &vendor, &attributes, &size, null);
            Assert.Equal(Status.BufferTooSmall, sized);
            Assert.Equal(Kept, attributes);
            Assert.Equal(Status.Success, (Status)_fake.Runtime->GetVariable(name, &vendor, null, &size, value));
        }
        return Encoding.ASCII.GetString(value, (int)size);
    }

    private void Set(string variable, string value)
    {
        EfiGuid vendor = Guids.ShimLock;
        byte[] bytes = Encoding.ASCII.GetBytes(value);
        fixed (char* name = variable)
        fixed (byte* start = bytes)
        {
            Assert.Equal(Status.Success,
                (Status)_fake.Runtime->SetVariable(name, &vendor, Kept, (nuint)bytes.Length, start));
        }
    }

    private static byte[] Copy<T>(T* table) where T : unmanaged => new ReadOnlySpan<byte>(table, sizeof(T)).ToArray();

    private static void ExpectSigned(byte[] table)
    {
        uint found = MemoryMarshal.Read<TableHeader>(table).Crc32;
        Assert.NotEqual(0u, found);
        Assert.Equal(Crc32.Append(0, WithoutChecksum(table)), found);
    }

    private static byte[] WithoutChecksum(byte[] table)
    {
        byte[] copy = [.. table];
        copy.AsSpan(16, sizeof(uint)).Clear();
        return copy;
    }
}
