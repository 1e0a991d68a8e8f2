using System;
using System.Collections.Generic;
using System.Linq;
using Bootlace.Net;
using Bootlace.Tests.Uefi.Fakes;
using Bootlace.Uefi;
using Bootlace.Uefi.Raw;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Uefi;

/// <summary>Protects the network card from firmware habits, of EDK2 and of U-Boot, and from drivers that lie.</summary>
[Collection(FirmwareCollection.Name)]
public sealed unsafe partial class SnpDeviceTests : IDisposable
{
    private const int Room = 2048;
    private FakeFirmware _firmware = null!;
    private FakeSnp _card = null!;

    public void Dispose() => _firmware?.Dispose();

    [Fact]
    public void OfThreeHandlesWithOneInterfaceTheCardItselfIsOpened()
    {
        using var firmware = new FakeFirmware();
        nint pxe = firmware.NewHandle();   // found first, as after a PXE boot
        var card = new FakeSnp(firmware, isUBoot: false);
        byte[] longer = new DevicePathWriter().Nodes(card.Path).Ipv4(default).End();
        firmware.Install(pxe, Guids.SimpleNetwork, card.Interface);
        firmware.Install(pxe, Guids.DevicePath, firmware.NewBytes(longer));

        List<SnpHandle> found = SnpHandle.FindAll(firmware.NewServices());

        Assert.Equal(card.Handle, Assert.Single(found).Handle);
    }

    [Theory]
    [InlineData(0xdu, 8u, 0)]   // OVMF's card knows no groups, but takes everything
    [InlineData(0xfu, 0u, 0)]
    [InlineData(0xfu, 1u, 1)]
    [InlineData(0xfu, 8u, 4)]
    public void TheGroupsThatSwitchesSpeakToAreAskedForWhereCardsKnowGroups(uint mask, uint groupsMax, int count)
    {
        Open(isUBoot: false, card =>
        {
            card.Mode->ReceiveFilterMask = mask;
            card.Mode->MaxMCastFilterCount = groupsMax;
        });
        string[] groups = ["01:80:c2:00:00:0e", "01:80:c2:00:00:02", "01:80:c2:00:00:03", "01:80:c2:00:00:00"];
        Assert.Equal(groups[..count], _card.Groups.ConvertAll(it => it.ToString()));
    }

    [Fact]
    public void OpeningIsExclusiveStartsTheCardAndAsksOnlyForFiltersItHas()
    {
        SnpDevice device = Open(isUBoot: false);

        Assert.Contains($"open exclusive {_card.Handle:x}", _firmware.Log);
        Assert.Equal(["start", "initialize"], _card.Log);
        Assert.Equal([0x5u], _card.Filters);
        Assert.True(device.IsLinkUp);
        Assert.Equal(1514, device.FrameBytesMax);
        Assert.Equal(64, device.ReceiveFramesMax);
        Assert.Equal("52:54:00:12:34:56", device.Address.ToString());
    }

    [Fact]
    public void UBootsModeIsNotBelieved()
    {
        SnpDevice device = Open(isUBoot: true);

        Assert.Equal(1514, device.FrameBytesMax);   // it says 1522, header included
        Assert.Equal(16, device.ReceiveFramesMax);
        Assert.True(device.IsLinkUp);               // it cannot tell
        Assert.Empty(_card.Filters);
    }

    [Fact]
    public void ACardAnEarlierProgramLeftInitializedIsShutDownFirst()
    {
        SnpDevice device = Open(isUBoot: true, card => card.Mode->State = SimpleNetworkState.Initialized);

        Assert.Equal(["shutdown", "start", "initialize"], _card.Log);
        Assert.True(device.IsOpen);
    }

    [Fact]
    public void AnInitializeThatFailsOnceIsTriedFromTheStart()
    {
        SnpDevice device = Open(isUBoot: false, card => card.InitializeAnswers.Enqueue(Status.DeviceError));

        Assert.Equal(["start", "initialize", "shutdown", "stop", "start", "initialize"], _card.Log);
        Assert.True(device.IsOpen);
    }

    [Fact]
    public void ACardThatCannotBeStartedIsAFailureAndGivenBack()
    {
        _firmware = new FakeFirmware();
        _card = new FakeSnp(_firmware, isUBoot: false) { StartAnswer = Status.DeviceError };
        SnpDevice device = NewDevice(out FirmwareClock clock);

        BootFailure failure = Assert.Throws<BootFailure>(device.Open);

        Assert.Contains("device error", failure.Message);
        Assert.Contains($"close {_card.Handle:x}", _firmware.Log);
        Assert.Contains($"connect {_card.Handle:x}", _firmware.Log);
        Assert.Empty(_firmware.Pages);
        clock.Close();
        Assert.Empty(_firmware.Events);
    }

    [Fact]
    public void FramesOfTheFirmwaresOwnTimeAreDropped()
    {
        SnpDevice device = Open(isUBoot: true, card =>
        {
            for (int i = 0; i < 32; i++) card.Incoming.Enqueue(Frame(i));
        });

        Assert.Equal(0, device.Receive(new byte[Room]));
    }

    [Fact]
    public void FramesComeInOrderAndNothingIsZero()
    {
        SnpDevice device = Open(isUBoot: false);
        _card.Incoming.Enqueue(Frame(1));
        _card.Incoming.Enqueue(Frame(2, 1514));
        var room = new byte[Room];

        Assert.Equal(60, device.Receive(room));
        Assert.Equal(Frame(1), room[..60]);
        Assert.Equal(1514, device.Receive(room));
        Assert.Equal(Frame(2, 1514), room[..1514]);
        Assert.Equal(0, device.Receive(room));
    }

    [Fact]
    public void E8_AFrameReportedLargerThanTheBufferIsDropped()
    {
        SnpDevice device = Open(isUBoot: false);
        _card.Incoming.Enqueue(Frame(1));
        _card.ReceiveSizeLie = 1_000_000;

        Assert.Equal(0, device.Receive(new byte[Room]));
        Assert.Equal(1ul, device.LostFrames);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(13)]
    public void E8_AFrameShorterThanItsHeaderIsDropped(int sizeBytes)
    {
        SnpDevice device = Open(isUBoot: false);
        _card.Incoming.Enqueue(Frame(1));
        _card.Incoming.Enqueue(Frame(2));
        _card.ReceiveSizeLie = (nuint)sizeBytes;

        Assert.Equal(0, device.Receive(new byte[Room]));
        Assert.Equal(2ul, device.LostFrames);
    }

    [Fact]
    public void E8_AFrameTooLongForTheRoomDoesNotBlockTheOnesBehindIt()
    {
        SnpDevice device = Open(isUBoot: true);
        _card.Incoming.Enqueue(Frame(1, 9000));
        _card.Incoming.Enqueue(Frame(2));
        var room = new byte[1514];

        Assert.Equal(60, device.Receive(room));
        Assert.Equal(Frame(2), room[..60]);
        Assert.Equal(1ul, device.LostFrames);
    }

    [Fact]
    public void ALongRunOfSendsDoesNotLetUBootsRingOverflow()
    {
        SnpDevice device = Open(isUBoot: true);
        int waitingMost = 0;
        for (int i = 0; i < 40; i++)
        {
            Assert.True(device.Send(Frame(1)));
            _card.Incoming.Enqueue(Frame((byte)(i + 1)));   // each is acknowledged before anybody receives
            waitingMost = Math.Max(waitingMost, _card.Incoming.Count);
        }

        Assert.InRange(waitingMost, 1, 16);
        var room = new byte[Room];
        for (int i = 0; i < 40; i++)
        {
            Assert.Equal(60, device.Receive(room));
            Assert.Equal(Frame((byte)(i + 1)), room[..60]);
        }
    }

    [Fact]
    public void ATrailingFcsThatDoesNotFitIsCutOff()
    {
        SnpDevice device = Open(isUBoot: true);
        _card.Incoming.Enqueue(Frame(1, 1518));   // U-Boot's e1000 leaves it on
        var room = new byte[1514];

        Assert.Equal(1514, device.Receive(room));
        Assert.Equal(Frame(1, 1518)[..1514], room);
    }

    [Fact]
    public void E8_ACardThatFailsForEverIsRestartedOncePerSecondAndNeverHangs()
    {
        SnpDevice device = Open(isUBoot: false);
        _card.ReceiveAnswer = Status.DeviceError;
        for (int ms = 0; ms < 3_500; ms++)
        {
            _firmware.Cpu.Counter += 1_000;
            Assert.Equal(0, device.Receive(new byte[Room]));
        }
        Assert.InRange(device.Restarts, 2ul, 4ul);

        _card.ReceiveAnswer = null;
        _card.Incoming.Enqueue(Frame(1));
        Assert.Equal(60, device.Receive(new byte[Room]));
    }

    [Fact]
    public void E8_BuffersThatNeverComeBackAreTakenBackByARestart()
    {
        SnpDevice device = Open(isUBoot: false);
        _card.KeepsBuffersUntilRestart = true;
        while (device.Send(Frame(0))) { }
        Assert.False(device.Send(Frame(0)));

        for (int ms = 0; ms < 1_200; ms++)
        {
            _firmware.Cpu.Counter += 1_000;
            device.Send(Frame(0));
        }
        Assert.Equal(1ul, device.Restarts);
        Assert.True(device.Send(Frame(0)));
    }

    [Fact]
    public void E8_AHandedBackBufferThatIsNotOursIsIgnored()
    {
        SnpDevice device = Open(isUBoot: false);
        Assert.True(device.Send(Frame(1)));
        device.Flush();
        _card.RecycledLie = 0x1234567;

        LookAtTheCable(device);
        Assert.Equal(0, _card.InFlightCount);
    }

    [Fact]
    public void E8_TheSameFrameTwiceIsTwoFrames()
    {
        SnpDevice device = Open(isUBoot: false);
        _card.Incoming.Enqueue(Frame(1));
        _card.Incoming.Enqueue(Frame(1));

        Assert.Equal(60, device.Receive(new byte[Room]));
        Assert.Equal(60, device.Receive(new byte[Room]));
    }

    [Fact]
    public void ATransmitErrorIsAFrameLostNotAFrameToRepeatForEver()
    {
        SnpDevice device = Open(isUBoot: false);
        _card.TransmitAnswer = Status.DeviceError;
        for (int i = 0; i < 100; i++) Assert.True(device.Send(Frame(i)));
        device.Flush();
        Assert.Equal(100ul, device.LostFrames);

        _card.TransmitAnswer = Status.NotReady;
        for (int i = 0; i < 64; i++) Assert.True(device.Send(Frame(i)));
        Assert.False(device.Send(Frame(0)));
    }

    [Fact]
    public void TheCableIsLookedAtAtMostTenTimesASecond()
    {
        SnpDevice device = Open(isUBoot: false);
        device.Receive(new byte[Room]);
        _card.GetStatusCalls = 0;
        _card.CableIsOut = true;
        for (int i = 0; i < 1000; i++) Assert.True(device.IsLinkUp);
        Assert.Equal(0, _card.GetStatusCalls);

        _firmware.Cpu.Counter += 100_000;
        Assert.False(device.IsLinkUp);
        Assert.Equal(1, _card.GetStatusCalls);
    }

    [Fact]
    public void UBootsTimerKeepsTheCardEmptyWhileNobodyPolls()
    {
        SnpDevice device = Open(isUBoot: true);
        FakeEvent drain = DrainEvent();
        Assert.Equal(TimerDelay.Periodic, drain.TimerType);
        Assert.Equal(100_000ul, drain.Period);   // 10 ms in units of 100 ns
        for (int i = 0; i < 40; i++)
        {
            _card.Incoming.Enqueue(Frame(i));
            if (i % 8 == 7) _firmware.Fire(drain);
        }
        Assert.Empty(_card.Incoming);

        var room = new byte[Room];
        for (int i = 0; i < 40; i++)
        {
            Assert.Equal(60, device.Receive(room));
            Assert.Equal(Frame(i), room[..60]);
        }
        Assert.Equal(0, device.Receive(room));
    }

    [Fact]
    public void FramesBeyondTheRingAreLostButTheCardIsEmptiedAllTheSame()
    {
        SnpDevice device = Open(isUBoot: true);
        for (int i = 0; i < 100; i++) _card.Incoming.Enqueue(Frame(i));
        _card.Incoming.Enqueue(Frame(0, 5000));
        _firmware.Fire(DrainEvent());

        Assert.Empty(_card.Incoming);
        Assert.Equal(37ul, device.LostFrames);
    }

    [Fact]
    public void TheTimerKeepsOffWhileTheCardIsInUse()
    {
        SnpDevice device = Open(isUBoot: true);
        FakeEvent drain = DrainEvent();
        _card.Incoming.Enqueue(Frame(1));
        _card.Incoming.Enqueue(Frame(2));
        bool inside = false;
        _card.DuringReceive = () =>
        {
            if (inside) throw new InvalidOperationException("Receive entered twice");
            inside = true;
            _firmware.Fire(drain);
            inside = false;
        };

        var room = new byte[Room];
        Assert.Equal(60, device.Receive(room));
        Assert.Equal(Frame(1), room[..60]);
    }

    [Fact]
    public void ClosingGivesEverythingBack()
    {
        _firmware = new FakeFirmware("Das U-Boot");
        _card = new FakeSnp(_firmware, isUBoot: true);
        SnpDevice device = NewDevice(out FirmwareClock clock);
        device.Open();
        _card.Log.Clear();

        device.Close(giveBack: true);
        clock.Close();

        Assert.Equal(["shutdown", "stop"], _card.Log);
        Assert.Equal([$"close {_card.Handle:x}", $"connect {_card.Handle:x}"], _firmware.Log[^2..]);
        Assert.Empty(_firmware.Events);
        Assert.Empty(_firmware.Pages);
        Assert.False(device.Send(Frame(0)));
        Assert.Equal(0, device.Receive(new byte[Room]));
        Assert.False(device.IsLinkUp);

        device.Open();
        _card.Incoming.Enqueue(Frame(1));
        Assert.Equal(60, device.Receive(new byte[Room]));
        device.Close(giveBack: false);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void X13_AtExitBootServicesOnlyUBootsCardIsTouched(bool isUBoot)
    {
        _firmware = new FakeFirmware(isUBoot ? "Das U-Boot" : "EDK II");
        _card = new FakeSnp(_firmware, isUBoot);
        UefiFirmware firmware = _firmware.Enter();
        INetworkDevice device = Assert.Single(firmware.OpenNetwork());
        _card.Log.Clear();
        int pages = _firmware.Pages.Count;

        _firmware.ExitBootServices();

        Assert.Equal(isUBoot ? ["shutdown", "stop"] : Array.Empty<string>(), _card.Log);
        Assert.Equal(pages, _firmware.Pages.Count);
        Assert.Equal(0, device.Receive(new byte[Room]));   // network dead for whoever still asks
        firmware.Leave();
    }

    private static byte[] Frame(int number, int length = 60)
    {
        var frame = new byte[length];
        for (int i = 0; i < length; i++) frame[i] = (byte)(number + i * 7);
        return frame;
    }

    /// <summary>Time passes until the card is asked for its status, which also gives sent buffers back.</summary>
    private void LookAtTheCable(SnpDevice device)
    {
        _firmware.Cpu.Counter += 100_000;
        Assert.Equal(0, device.Receive(new byte[Room]));
    }

    private FakeEvent DrainEvent() =>
        _firmware.Events.Values.Single(e => e.Type == (EventType.Timer | EventType.NotifySignal));

    private SnpDevice Open(bool isUBoot, Action<FakeSnp>? prepare = null)
    {
        _firmware = new FakeFirmware(isUBoot ? "Das U-Boot" : "EDK II");
        _card = new FakeSnp(_firmware, isUBoot);
        prepare?.Invoke(_card);
        SnpDevice device = NewDevice(out _);
        device.Open();
        return device;
    }

    private SnpDevice NewDevice(out FirmwareClock clock)
    {
        Services services = _firmware.NewServices();
        clock = new FirmwareClock(services, _firmware.Cpu);
        return new SnpDevice(services, clock, SnpHandle.FindAll(services).Single());
    }
}
