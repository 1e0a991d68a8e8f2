using System;
using Bootlace.Boot;
using Bootlace.San;
using Bootlace.Tests.San;
using Bootlace.Tests.Sim;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects what stands between a target and the firmware: the cache, its pages, and the view of a CD.
/// </summary>
public sealed class DiskOpenerTests
{
    private const ulong VolumeBlock = 64;

    private readonly DiskTalk _talk = new();
    private readonly FakeFirmware _firmware = new();
    private readonly DiskOpener _opener;

    public DiskOpenerTests() =>
        _opener = new DiskOpener(_talk.Pump, new SeededEntropy(3), _firmware, _talk.ConnectAsync, _talk.ConnectAsync);

    [Fact]
    public void ADiskIsReadThroughACacheThatIsGivenBackAtItsEnd()
    {
        OpenedDisk disk = Open();
        Assert.Equal(512, disk.Device.Geometry.BlockBytes);
        Assert.Equal(_talk.Lun.Read(3, 2), Read(disk, 3, 2));
        int reads = _talk.Target.Commands[ScsiOpcode.Read10];
        Assert.Equal(_talk.Lun.Read(4, 1), Read(disk, 4, 1));
        Assert.Equal(reads, _talk.Target.Commands[ScsiOpcode.Read10]);
        _talk.Pump.Run(() => disk.CloseAsync());
        Assert.Equal(1, _talk.Target.Logouts);
        Assert.Equal(0, _firmware.PagesHeldBytes);
    }

    [Fact]
    public void ADiskThatGoesOnByAnotherPathSaysSo()
    {
        _talk.Others["other"] = new ModelIscsiTarget { Time2Wait = 0, Name = "iqn.2025-01.test:other" };
        _talk.Refusing.Add("other");
        IscsiOptions second = _talk.Options with
        {
            Path = new RootPath { Server = "other", Port = 860, TargetName = "iqn.2025-01.test:other" },
        };
        OpenedDisk disk = _talk.Pump.Run(
            async () => await _opener.OpenIscsiAsync([_talk.Options, second], default));
        int moves = 0;
        disk.Moved = () => moves++;
        _talk.Stream.Reset();
        Read(disk, 1000, 1);
        Assert.Equal((0, _talk.Options), (moves, disk.Iscsi!.Options));

        _talk.Refusing.Clear();
        _talk.Refusing.Add(DiskTalk.Server);
        _talk.Stream.Reset();
        Read(disk, 9000, 1);
        Assert.Equal((1, second, 860), (moves, disk.Iscsi!.Options, disk.Iscsi!.Port));
        Assert.Equal(disk.Iscsi!.Address, disk.Address);
    }

    [Fact]
    public void AnIsoImageOnADiskIsShownAsACd()
    {
        _talk.Lun.Write(VolumeBlock, [1, .. "CD001"u8, .. new byte[506]]);
        OpenedDisk disk = Open();
        Assert.Equal(new DiskGeometry(2048, 1 << 18, false, 512), disk.Device.Geometry);
        Assert.Equal(_talk.Lun.Read(VolumeBlock, 4), Read(disk, VolumeBlock / 4, 1));
    }

    [Fact]
    public void ADiskThatCannotBeReadIsLoggedOutOfAndItsCacheGivenBack()
    {
        _talk.Target.Answer = command => command.Cdb.Opcode == ScsiOpcode.Read10
            ? ModelScsiAnswer.Sense(SenseKey.MediumError, 0x1100) : null;
        Assert.Equal(SanFailure.MediumError, Assert.Throws<BootFailure>(() => Open()).Kind);
        Assert.Equal(1, _talk.Target.Logouts);
        Assert.Equal(0, _firmware.PagesHeldBytes);
    }

    private OpenedDisk Open() => _talk.Pump.Run(async () => await _opener.OpenIscsiAsync([_talk.Options], default));

    private byte[] Read(OpenedDisk disk, ulong block, int count)
    {
        byte[] bytes = new byte[count * disk.Device.Geometry.BlockBytes];
        _talk.Pump.Run(async () => await disk.Device.ReadAsync(block, bytes, default));
        return bytes;
    }
}
