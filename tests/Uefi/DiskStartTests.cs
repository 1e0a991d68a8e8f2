using System;
using System.Collections.Generic;
using System.Linq;
using Bootlace.Boot;
using Bootlace.Net;
using Bootlace.San;
using Bootlace.Tests.Boot;
using Bootlace.Tests.Uefi.Fakes;
using Bootlace.Uefi;
using Bootlace.Uefi.Raw;
using Bootlace.Wire;
using Xunit;
using FakeFirmware = Bootlace.Tests.Uefi.Fakes.FakeFirmware;
using Status = Bootlace.Uefi.Status;

namespace Bootlace.Tests.Uefi;

/// <summary>Protects starting from a disk: which program of which volume of which drive it is, how it is loaded, and
/// what a user is told when there is none.</summary>
[Collection(FirmwareCollection.Name)]
public sealed unsafe class DiskStartTests : IDisposable
{
    private const string Standard = "\\EFI\\BOOT\\BOOTX64.EFI";
    private static readonly byte[] s_partition = [.. Enumerable.Range(1, 16).Select(i => (byte)i)];

    private readonly FakeFirmware _fake = new();
    private readonly FakeSnp _card;
    private readonly INetworkDevice _opened;
    private readonly UefiFirmware _firmware;
    private readonly Pump _pump;
    private readonly IDiskHost _host;
    private readonly Dictionary<uint, IAttachedDisk> _drives = [];

    public DiskStartTests()
    {
        _card = new FakeSnp(_fake, isUBoot: false);
        _firmware = _fake.Enter();
        _opened = _firmware.OpenNetwork()[0];
        _pump = new Pump(_firmware.Clock);
        _host = _firmware.OpenDisks(_pump);
    }

    public void Dispose()
    {
        _fake.OnConnect = null;
        _firmware.Leave();
        _fake.Dispose();
    }

    [Fact]
    public void TheStandardProgramOfTheFirstDriveIsLoadedFromItsOwnPath()
    {
        byte[] program = TestPe.Make();
        byte[] volume = AddVolume(Hook(0x81), 1).With(Standard, TestPe.Make(sections: 3)).Path;
        byte[] first = AddVolume(Hook(0x80), 1).With(Standard, program).Path;

        Assert.Equal(0ul, Start());
        Assert.Equal(program, _fake.LoadedBytes);
        Assert.Equal(new DevicePathWriter().Nodes(first).FilePath(Standard).End(), _fake.LoadedPath);
        Start(drive: 0x81);
        Assert.Equal(new DevicePathWriter().Nodes(volume).FilePath(Standard).End(), _fake.LoadedPath);
    }

    [Fact]
    public void ADiskWithoutPartitionsIsAVolumeItself()
    {
        byte[] disk = Hook(0x80);
        AddVolume(disk, 0).With(Standard, TestPe.Make());
        Start();
        Assert.Equal(new DevicePathWriter().Nodes(disk).FilePath(Standard).End(), _fake.LoadedPath);
    }

    [Theory]
    [InlineData("/EFI/debian/grubx64.efi")]
    [InlineData("\\EFI\\debian\\grubx64.efi")]
    [InlineData("EFI/debian\\grubx64.efi")]
    public void AFileNameMayBeWrittenWithAnySlashes(string name)
    {
        AddVolume(Hook(0x80), 1).With("\\EFI\\debian\\grubx64.efi", TestPe.Make());
        Start(fileName: name);
        Assert.EndsWith("\\EFI\\debian\\grubx64.efi", DevicePath.FindFilePath(_fake.LoadedPath));
    }

    [Fact]
    public void ExtraFileLabelAndPartitionMustFitOnTheSameVolume()
    {
        byte[] disk = Hook(0x80);
        AddVolume(disk, 1, "ONE").With(Standard, TestPe.Make());
        byte[] second = AddVolume(disk, 2, "TWO").With(Standard, TestPe.Make()).With("\\mark", [1]).Path;
        byte[] third = AddVolume(disk, 3, "THREE", s_partition).With(Standard, TestPe.Make()).Path;
        AddVolume(disk, 4, "FOUR").With("\\other", [1]);

        Start(extra: "/mark");
        ExpectLoadedFrom(second);
        Start(label: "two");
        ExpectLoadedFrom(second);
        Start(partition: s_partition);
        ExpectLoadedFrom(third);
        Expect(SanFailure.NoProgram, () => Start(extra: "/mark", label: "ONE"));
        Expect(SanFailure.NoProgram, () => Start(extra: "other"));
        Expect(SanFailure.NoProgram, () => Start(partition: new byte[16]));
    }

    [Fact]
    public void LocalDisksAreCountedBesideOursAndConnectedOnlyWhenNeeded()
    {
        byte[] local = AddLocalDisk("nvme0"), other = AddLocalDisk("nvme1");
        byte[] hooked = Hook(0x80);
        byte[] ours = AddVolume(hooked, 1).With("\\ours", TestPe.Make()).Path;
        byte[] first = AddVolume(local, 1).With("\\local", TestPe.Make()).With("\\both", TestPe.Make()).Path;
        byte[] second = AddVolume(other, 1).With("\\both", TestPe.Make()).Path;
        _fake.Log.Clear();

        Start(fileName: "ours");
        ExpectLoadedFrom(ours);
        Assert.DoesNotContain(_fake.Log, line => line.StartsWith("connect"));

        Start(fileName: "both");
        ExpectLoadedFrom(first);
        Assert.Contains(_fake.Log, line => line.StartsWith("connect"));
        Start(fileName: "both", drive: 0x82);
        ExpectLoadedFrom(second);
        Start(fileName: "local", drive: 0x81);
        Expect(SanFailure.NoProgram, () => Start(fileName: "local", drive: 0x80));
        Expect(SanFailure.NoSuchDrive, () => Start(fileName: "local", drive: 0x83));
    }

    [Fact]
    public void ADriveAmongLocalOnesComesInItsPlace()
    {
        byte[] local = AddLocalDisk("nvme0");
        byte[] hooked = Hook(0x81);
        AddVolume(hooked, 1).With("\\a", TestPe.Make()).With("\\b", TestPe.Make());
        byte[] first = AddVolume(local, 1).With("\\a", TestPe.Make()).Path;
        Start(fileName: "a");
        ExpectLoadedFrom(first);
        Start(fileName: "b");
        ExpectLoadedFrom(hooked);
    }

    [Fact]
    public void APartitionOrALoneVolumeIsNoDrive()
    {
        byte[] partition = AddLocalDisk("nvme0", isPartition: true);
        AddVolume(partition, 0).With(Standard, TestPe.Make());
        BootFailure failure = Expect(SanFailure.NoSuchDrive, () => Start());
        Assert.Equal("there is no disk", failure.Message);
    }

    [Fact]
    public void AUserIsToldWhatWasLookedFor()
    {
        Hook(0x80);
        Assert.Contains("no file system", Expect(SanFailure.NoProgram, () => Start(drive: 0x80)).Message);
        AddVolume(DiskPath(0x80), 1).With("\\x", [1]);
        Assert.Contains(Standard, Expect(SanFailure.NoProgram, () => Start()).Message);
    }

    [Fact]
    public void AVolumeThatCannotBeReadIsPassedOverButItsTroubleIsTold()
    {
        byte[] disk = Hook(0x80);
        AddVolume(disk, 1).With(Standard, TestPe.Make()).Volume.OpenAnswer = Status.DeviceError;
        Expect(FirmwareFailure.VolumeFailed, () => Start());
        AddVolume(disk, 2).With(Standard, TestPe.Make());
        Assert.Equal(0ul, Start());
    }

    [Fact]
    public void WhenADiskHasFailedThatIsTheReason()
    {
        _fake.OnConnect = handle =>
        {
            if (!_fake.Handles[handle].TryGetValue(Guids.BlockIo, out nint found)) return;
            byte* buffer = stackalloc byte[512];
            var disk = (BlockIo*)found;
            disk->ReadBlocks(disk, 1, 0, 512, buffer);
        };
        Hook(0x80, new TestDisk(_pump) { Failure = new BootFailure(SanFailure.TargetUnavailable) });
        Expect(SanFailure.TargetUnavailable, () => Start());
    }

    [Fact]
    public void ADamagedProgramNeverReachesTheFirmware()
    {
        byte[] cut = TestPe.Make();
        Array.Resize(ref cut, cut.Length - 1);
        AddVolume(Hook(0x80), 1).With(Standard, cut).With("\\arm", TestPe.Make(PeImage.Arm64)).With("\\none", []);
        int pages = _fake.Pages.Count;
        Expect(ImageFailure.Truncated, () => Start());
        Expect(ImageFailure.WrongMachine, () => Start(fileName: "arm"));
        Expect(FirmwareFailure.ImageRefused, () => Start(fileName: "none"));
        Assert.DoesNotContain("load", _fake.Log);
        Assert.Equal(pages, _fake.Pages.Count);
    }

    [Fact]
    public void TheProgramsStatusAndWordsComeBackAndNothingStays()
    {
        AddVolume(Hook(0x80), 1).With(Standard, TestPe.Make());
        int pages = _fake.Pages.Count;
        _fake.ExitText = "bye";
        _fake.OnStartImage = _ => Status.Aborted;
        Assert.Equal((ulong)Status.Aborted.Value, Start());
        Assert.Empty(_fake.Pools);
        Assert.Equal(pages, _fake.Pages.Count);
    }

    [Fact]
    public void WithoutADriveOfOursTheProgramGetsTheNetworkCard()
    {
        AddVolume(AddLocalDisk("nvme0"), 1).With(Standard, TestPe.Make());
        uint during = 99;
        _fake.OnStartImage = _ =>
        {
            during = _card.Mode->State;
            return Status.Success;
        };
        Start();
        Assert.Equal(SimpleNetworkState.Stopped, during);
        Hook(0x80);
        Start();
        Assert.Equal(SimpleNetworkState.Initialized, during);
    }

    private ulong Start(
        uint? drive = null, string? fileName = null, string? extra = null, string? label = null,
        byte[]? partition = null) =>
        _host.StartFromDisk(new DiskStart
        {
            Drives = _drives, Drive = drive, FileName = fileName, ExtraFileName = extra, Label = label,
            PartitionGuid = partition,
        });

    private static BootFailure Expect(FailureKind kind, Action action)
    {
        BootFailure failure = Assert.Throws<BootFailure>(action);
        Assert.Same(kind, failure.Kind);
        return failure;
    }

    private void ExpectLoadedFrom(byte[] path) => Assert.Equal(Nodes(path), _fake.LoadedPath[..(path.Length - 4)]);

    private static byte[] Nodes(byte[] path) => path[..^4];

    private byte[] DiskPath(uint number) => new DevicePathWriter().Nodes(_card.Path).Uri($"{number:x}").End();

    /// <summary>Attaches a drive; its device path.</summary>
    private byte[] Hook(uint number, TestDisk? disk = null)
    {
        byte[] nodes = Nodes(new DevicePathWriter().Uri($"{number:x}").End());
        _drives[number] = _host.Attach(
            disk ?? new TestDisk(_pump), new DiskPlace { Card = _opened, Nodes = nodes });
        return DiskPath(number);
    }

    private byte[] AddLocalDisk(string name, bool isPartition = false)
    {
        byte[] path = new DevicePathWriter().HardwareVendor(new byte[16]).Uri(name).End();
        BlockIoMedia* media = _fake.New<BlockIoMedia>();
        media->LogicalPartition = isPartition ? (byte)1 : (byte)0;
        BlockIo* disk = _fake.New<BlockIo>();
        disk->Media = media;
        nint handle = _fake.NewHandle();
        _fake.Install(handle, Guids.BlockIo, disk);
        _fake.Install(handle, Guids.DevicePath, _fake.NewBytes(path));
        return path;
    }

    /// <summary>A volume in a partition of the disk, or right on it where the number is 0.</summary>
    private AddedVolume AddVolume(byte[] disk, byte number, string label = "", byte[]? partition = null)
    {
        byte[] path = disk;
        if (number > 0)
        {
            var node = new byte[42];   // UEFI 2.10, 10.3.5.1
            (node[0], node[1], node[2], node[4], node[40]) = (4, 1, 42, number, 2);
            if (partition is not null) node[41] = 2;
            partition?.CopyTo(node, 24);
            path = [.. Nodes(disk), .. node, .. disk[^4..]];
        }
        var volume = new PlainVolume(_fake) { Label = label };
        nint handle = _fake.NewHandle();
        _fake.Install(handle, Guids.SimpleFileSystem, volume.Interface);
        _fake.Install(handle, Guids.DevicePath, _fake.NewBytes(path));
        return new AddedVolume(volume, path);
    }

    private sealed record AddedVolume(PlainVolume Volume, byte[] Path)
    {
        public AddedVolume With(string path, byte[] content)
        {
            Volume.Add(path, content);
            return this;
        }
    }
}
