using System;
using System.Linq;
using Bootlace.Boot;
using Bootlace.Net;
using Bootlace.San;
using Bootlace.Tests.Uefi.Fakes;
using Bootlace.Uefi;
using Bootlace.Uefi.Raw;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Uefi;
/// <summary>A machine with a card and a disk of ours that is not attached yet.</summary>
public abstract unsafe class DiskWorld : IDisposable
{
    private protected const uint Media = 1;
    private protected static readonly byte[] s_path = new DevicePathWriter().Uri("iscsi").End();

    private protected FakeFirmware _fake = null!;
    private protected FakeSnp _card = null!;
    private protected INetworkDevice _opened = null!;
    private protected UefiFirmware _firmware = null!;
    private protected Pump _pump = null!;
    private protected TestDisk _disk = null!;
    private protected IDiskHost _host = null!;

    protected DiskWorld() => PowerOn("EDK II");

    public void Dispose()
    {
        _fake.OnConnect = null;
        _fake.OnDisconnect = null;
        _firmware.Leave();
        _fake.Dispose();
    }

    private protected void PowerOn(string vendor)
    {
        if (_fake is not null) Dispose();
        _fake = new FakeFirmware(vendor);
        _card = new FakeSnp(_fake, isUBoot: vendor != "EDK II");
        _firmware = _fake.Enter();
        _opened = _firmware.OpenNetwork()[0];
        _pump = new Pump(_firmware.Clock);
        _host = _firmware.OpenDisks(_pump);
        _disk = new TestDisk(_pump);
        _fake.Log.Clear();
    }

    private protected static ReadOnlyMemory<byte> Nodes => s_path.AsMemory(0, s_path.Length - 4);

    private protected IAttachedDisk Attach() =>
        _host.Attach(_disk, new DiskPlace { Card = _opened, Nodes = Nodes });

    private protected BlockIo* Shown() => (BlockIo*)_fake.Handles[_fake.Find(Guids.BlockIo)][Guids.BlockIo];

    private protected BlockIo2* Shown2() => (BlockIo2*)_fake.Handles[_fake.Find(Guids.BlockIo2)][Guids.BlockIo2];

    private protected Status Read(ulong block, nuint countBytes, byte* buffer) =>
        Shown()->ReadBlocks(Shown(), Media, block, countBytes, buffer);

    private protected Status Write(ulong block, nuint countBytes, byte* buffer) =>
        Shown()->WriteBlocks(Shown(), Media, block, countBytes, buffer);

    /// <summary>Starts a program that does this.</summary>
    private protected void WhileRunning(Action program)
    {
        Exception? trouble = null;
        _fake.OnStartImage = _ =>
        {
            try
            {
                program();
            }
            catch (Exception e)
            {
                trouble = e;   // not through the firmware's frames
            }
            return Status.Success;
        };
        _firmware.StartImage(new ImageStart
        {
            Image = new byte[10], Name = "a", Uri = "http://a/", CommandLine = "", Arguments = "", Initrd = [],
            Files = [],
        });
        if (trouble is not null) throw new Xunit.Sdk.XunitException(trouble.ToString());
    }
}
