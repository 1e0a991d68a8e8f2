using System;
using Bootlace.Net;
using Bootlace.Uefi.Raw;
using Bootlace.Wire;

namespace Bootlace.Uefi;

/// <summary>A network card through the Simple Network Protocol (UEFI 2.10, 24.1), for EDK2's asynchronous drivers and
/// U-Boot's synchronous one. The quirks handled here are listed in facts/firmware.md 1.</summary>
internal sealed unsafe class SnpDevice : INetworkDevice
{
    private const int FrameHeaderBytes = 14;
    private const int MtuMax = 1500, MtuMin = 576;    // a card that reports less is not believed
    private const int ScratchBytes = 16 * 1024;
    private const int TrailerBytesMax = 8;            // FCS and a VLAN tag some drivers leave on the frame
    private const int DropsPerCallMax = 64;
    private const int StaleFramesMax = 256;
    private const int GetStatusCallsMax = 64;
    private const ulong DrainPeriodMs = 10;
    /// <summary>So many frames are prepared before the card hears of the first: it, or whoever plays it, then wakes up
    /// once for all of them.</summary>
    private const int BurstFrames = 16;
    private const int SendsPerDrain = 8;   // each may be acknowledged by a frame, and U-Boot's ring takes 32

    private static readonly Duration s_mediaPeriod = Duration.FromMilliseconds(100);
    private static readonly Duration s_sendingTimeMax = Duration.FromMilliseconds(10);
    private static readonly Duration s_patience = Duration.FromSeconds(1);
    /// <summary>The last bytes of the groups to which switches speak of themselves and their ports: LLDP, LACP, IEEE
    /// 802.1X, spanning tree. Where a card knows fewer groups, the first ones count.</summary>
    private static ReadOnlySpan<byte> SwitchGroups => [0x0e, 0x02, 0x03, 0x00];
    private static readonly uint[] s_filters =
    [
        ReceiveFilter.Unicast | ReceiveFilter.Broadcast | ReceiveFilter.Multicast,
        ReceiveFilter.Unicast | ReceiveFilter.Broadcast,
        ReceiveFilter.Unicast,
    ];

    private readonly Services _services;
    private readonly FirmwareClock _clock;
    private SimpleNetwork* _snp;
    private TransmitPool? _transmits;
    private FrameRing? _ring;
    private byte* _scratch;
    private PeriodicTimer? _drainTimer;
    private int _sendsSinceReceive;
    private bool _busy;                 // inside a call to the card: the callback must keep off
    private Instant _mediaReadAt, _failingSince = Instant.Never, _stuckSince = Instant.Never;

    public SnpDevice(Services services, FirmwareClock clock, in SnpHandle found)
    {
        _services = services;
        _clock = clock;
        _snp = found.Interface;
        Handle = found.Handle;
        DevicePath = found.DevicePath;
        SimpleNetworkMode* mode = _snp->Mode;
        Address = MacAddress.Read(new ReadOnlySpan<byte>(mode->CurrentAddress, MacAddress.Bytes));
        uint mtu = mode->MaxPacketSize < MtuMin ? MtuMax : Math.Min(mode->MaxPacketSize, MtuMax);   // U-Boot says 1522
        FrameBytesMax = FrameHeaderBytes + (int)mtu;
    }

    /// <summary>The handle of the card itself, not one of the firmware's protocol children.</summary>
    public nint Handle { get; }

    /// <summary>Its device path, the end node included; empty when the firmware gives it none.</summary>
    public ReadOnlyMemory<byte> DevicePath { get; }

    public MacAddress Address { get; }

    public int FrameBytesMax { get; }

    /// <summary>Old U-Boot's virtio ring dies for good beyond 32; EDK2 keeps 64 buffers.</summary>
    public int ReceiveFramesMax => _services.IsUBoot ? 16 : 64;

    /// <summary>We own the card and it is started.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Frames given up: sizes that cannot be, transmit errors.</summary>
    public ulong LostFrames { get; private set; }

    /// <summary>Times the card was started anew because it failed or kept our buffers.</summary>
    public ulong Restarts { get; private set; }

    public bool IsLinkUp
    {
        get
        {
            if (!IsOpen) return false;
            RefreshMedia();
            return _snp->Mode->MediaPresentSupported == 0 || _snp->Mode->MediaPresent != 0;
        }
    }

    /// <summary>Takes the card from the firmware's own stack and starts it. On EDK2 this destroys the PXE and HTTP
    /// handles we may have been loaded through: whatever they know must have been copied.</summary>
    public void Open()
    {
        if (IsOpen) return;
        EfiGuid protocol = Guids.SimpleNetwork;
        void* opened = null;
        Status status = _services.Boot->OpenProtocol(
            Handle, &protocol, &opened, _services.ImageHandle, 0, OpenProtocolAttribute.Exclusive);
        if (status.IsError) throw Failed("be taken over", status);
        _snp = (SimpleNetwork*)opened;   // another one, if a program we started has had the drivers bind anew
        try
        {
            _transmits ??= new TransmitPool(_services);
            if (_scratch == null) _scratch = _services.AllocatePages(ScratchBytes);
            if (_services.IsUBoot) _ring ??= new FrameRing(_services);
            StartCard();
        }
        catch (BootFailure)
        {
            Release(giveBack: true);
            throw;
        }
        IsOpen = true;
        if (_services.IsUBoot) _drainTimer = PeriodicTimer.Start(_services, DrainPeriodMs, Drain);
    }

    /// <summary>Stops the card and lets go of it; <paramref name="giveBack"/> has the firmware's drivers bind to it
    /// again.
    /// </summary>
    public void Close(bool giveBack)
    {
        if (!IsOpen) return;
        Flush();
        _drainTimer?.Stop();
        _drainTimer = null;
        IsOpen = false;
        _snp->Shutdown(_snp);
        _snp->Stop(_snp);
        Release(giveBack);
    }

    /// <summary>The operating system takes over: no allocation, no waiting. EDK2 resets its cards itself; U-Boot before
    /// 2025.04 would let ours write into the new owner's memory (facts/firmware.md 1.2).</summary>
    public void Silence()
    {
        if (!IsOpen) return;
        IsOpen = false;
        if (!_services.IsUBoot) return;
        _snp->Shutdown(_snp);
        _snp->Stop(_snp);
    }

    /// <summary>Waits a moment until the card has sent what it was given: it is about to be reset.</summary>
    public void FinishSending()
    {
        if (!IsOpen || _transmits is null) return;
        _busy = true;
        TransmitQueued();
        Instant end = _clock.Now + s_sendingTimeMax;
        while (!_transmits.IsIdle && _clock.Now < end) Recycle();
        _busy = false;
    }

    public bool Send(ReadOnlySpan<byte> frame)
    {
        if (!IsOpen || _transmits is null) return false;
        Check.That(frame.Length is >= FrameHeaderBytes and <= TransmitPool.SlotBytes);
        _busy = true;
        if (_transmits.IsFull) TransmitQueued();
        if (_transmits.IsFull) Recycle();
        bool isQueued = _transmits.TryQueue(frame);
        if (_services.IsUBoot || _transmits.QueuedCount >= BurstFrames) TransmitQueued();
        if (_ring is not null && ++_sendsSinceReceive >= SendsPerDrain) EmptyCard();
        _busy = false;
        if (isQueued) _stuckSince = Instant.Never;
        else RestartIfStuck();
        return isQueued;
    }

    public void Flush()
    {
        if (!IsOpen || _transmits is null || _transmits.QueuedCount == 0) return;
        _busy = true;
        TransmitQueued();
        _busy = false;
    }

    public int Receive(Span<byte> frame)
    {
        if (!IsOpen || frame.Length < FrameHeaderBytes) return 0;
        int length = _ring is null ? 0 : _ring.Take(frame);
        if (length == 0)
        {
            _busy = true;
            _sendsSinceReceive = 0;
            length = TakeFromCard(frame);
            _busy = false;
        }
        if (length > 0) _clock.Activity++;
        else RefreshMedia();
        return length;
    }

    private void StartCard()
    {
        bool isLeftRunning = _snp->Mode->State == SimpleNetworkState.Initialized;   // by an earlier program
        if (isLeftRunning) _snp->Shutdown(_snp);
        Status.ThrowUnless(_snp->Start(_snp), Status.AlreadyStarted, "starting the network card");
        Status status = _snp->Initialize(_snp, 0, 0);
        if (status.IsError)
        {
            _snp->Shutdown(_snp);
            _snp->Stop(_snp);
            _snp->Start(_snp);
            status = _snp->Initialize(_snp, 0, 0);
        }
        if (status.IsError) throw Failed("be initialised", status);
        SetReceiveFilters();
        _transmits!.ReleaseAll();
        _ring?.Clear();
        DropStaleFrames();
        _failingSince = _stuckSince = Instant.Never;
    }

    /// <summary>Cards refuse what they do not support, and U-Boot refuses everything; but without the call a UNDI
    /// driver never receives. Whatever sticks is fine: the stack filters addresses itself.</summary>
    private void SetReceiveFilters()
    {
        uint tried = 0;
        byte* groups = stackalloc byte[SwitchGroups.Length * SimpleNetworkMode.MacBytes];
        for (int i = 0; i < SwitchGroups.Length; i++)
        {
            var group = new Span<byte>(groups + i * SimpleNetworkMode.MacBytes, SimpleNetworkMode.MacBytes);
            group.Clear();
            ((ReadOnlySpan<byte>)[0x01, 0x80, 0xc2, 0x00, 0x00, SwitchGroups[i]]).CopyTo(group);
        }
        foreach (uint wanted in s_filters)
        {
            uint filter = wanted & _snp->Mode->ReceiveFilterMask;
            if (filter == 0 || filter == tried) continue;
            tried = filter;
            bool hasGroups = (filter & ReceiveFilter.Multicast) != 0;
            nuint count = hasGroups ? Math.Min((nuint)SwitchGroups.Length, _snp->Mode->MaxMCastFilterCount) : 0;
            Status status = _snp->ReceiveFilters(_snp, filter, 0, 0, count, count > 0 ? groups : null);
            if (!status.IsError) return;
        }
    }

    private void DropStaleFrames()
    {
        for (int i = 0; i < StaleFramesMax; i++)
        {
            nuint size = ScratchBytes;
            Status status = _snp->Receive(_snp, null, &size, _scratch, null, null, null);
            if (status.IsError) return;
        }
    }

    /// <summary>Gives the card what is queued, as far as it takes it. Where it has no room, sent buffers may be what
    /// is in the way.</summary>
    private void TransmitQueued()
    {
        bool hasRecycled = false;
        for (byte* slot = _transmits!.Peek(out int length); slot != null; slot = _transmits.Peek(out length))
        {
            Status status = _snp->Transmit(_snp, 0, (nuint)length, slot, null, null, null);
            if (status == Status.NotReady)
            {
                if (hasRecycled) return;
                Recycle();
                hasRecycled = true;
                continue;
            }
            _transmits.Dequeue();
            // U-Boot has sent the frame when it returns and remembers only the last buffer, so none is waited for.
            if (_services.IsUBoot || status.IsError) _transmits.Release(slot);
            // An error is a frame lost on the wire: the protocols above repeat it in their own time.
            if (status.IsError) LostFrames++;
        }
    }

    /// <summary>Fetches sent buffers until the card has no more; one call hands out one.</summary>
    private void Recycle()
    {
        for (int i = 0; i < GetStatusCallsMax; i++)
        {
            void* buffer = null;
            Status status = _snp->GetStatus(_snp, null, &buffer);
            if (status.IsError || buffer == null) return;
            _transmits!.Release(buffer);
        }
    }

    private int TakeFromCard(Span<byte> frame)
    {
        for (int i = 0; i < DropsPerCallMax; i++)
        {
            int length;
            fixed (byte* target = frame) length = ReceiveInto(target, frame.Length);
            if (length >= 0) return length;
        }
        return 0;
    }

    /// <summary>One Receive: the frame's length, 0 when nothing waits, -1 when the frame was dropped.</summary>
    private int ReceiveInto(byte* target, int room)
    {
        nuint size = (nuint)room;
        Status status = _snp->Receive(_snp, null, &size, target, null, null, null);
        if (status == Status.BufferTooSmall) return ReceiveThroughScratch(target, room);
        return Judge(status, size, room);
    }

    /// <summary>A frame longer than the room keeps the card's queue blocked until it is taken. A trailer is cut off,
    /// anything longer is no frame of ours.</summary>
    private int ReceiveThroughScratch(byte* target, int room)
    {
        nuint size = ScratchBytes;
        Status status = _snp->Receive(_snp, null, &size, _scratch, null, null, null);
        int length = Judge(status, size, Math.Min(ScratchBytes, room + TrailerBytesMax));
        if (length <= 0) return length;
        length = Math.Min(length, room);
        new ReadOnlySpan<byte>(_scratch, length).CopyTo(new Span<byte>(target, length));
        return length;
    }

    private int Judge(Status status, nuint size, int lengthMax)
    {
        if (status == Status.NotReady)
        {
            _failingSince = Instant.Never;
            return 0;
        }
        if (status.IsError)
        {
            RestartIfFailing();
            return 0;
        }
        _failingSince = Instant.Never;
        if (size >= FrameHeaderBytes && size <= (nuint)lengthMax) return (int)size;
        LostFrames++;
        return -1;
    }

    private void RestartIfFailing()
    {
        Instant now = _clock.Now;
        if (_failingSince == Instant.Never) _failingSince = now;
        else if (now - _failingSince > s_patience) Restart();
    }

    /// <summary>A card that hands no buffer back within the patience never will; stopping it makes them ours
    /// again.</summary>
    private void RestartIfStuck()
    {
        Instant now = _clock.Now;
        if (_stuckSince == Instant.Never) _stuckSince = now;
        else if (now - _stuckSince > s_patience) Restart();
    }

    private void Restart()
    {
        Restarts++;
        bool wasBusy = _busy;
        _busy = true;
        _snp->Shutdown(_snp);
        _snp->Stop(_snp);
        try
        {
            StartCard();
        }
        catch (BootFailure)
        {
            LostFrames++;   // still dead: the protocols above time out, and it is tried again when the patience is over
            _failingSince = _stuckSince = _clock.Now;
        }
        _busy = wasBusy;
    }

    /// <summary>Only GetStatus refreshes MediaPresent, and on some cards it is slow.</summary>
    private void RefreshMedia()
    {
        if (_snp->Mode->MediaPresentSupported == 0) return;
        Instant now = _clock.Now;
        if (now - _mediaReadAt < s_mediaPeriod) return;
        _mediaReadAt = now;
        _busy = true;
        Recycle();
        _busy = false;
    }

    private void Release(bool giveBack)
    {
        EfiGuid protocol = Guids.SimpleNetwork;
        _services.Boot->CloseProtocol(Handle, &protocol, _services.ImageHandle, 0);
        if (giveBack) _services.Connect(Handle);
        _transmits?.Free();
        _ring?.Free();
        if (_scratch != null) _services.FreePages(_scratch, ScratchBytes);
        _transmits = null;
        _ring = null;
        _scratch = null;
    }

    private BootFailure Failed(string what, Status status) =>
        new(FirmwareFailure.CardFailed, $"network card {Address} cannot {what}: {status}");

    /// <summary>U-Boot's 10 ms timer: empties the card so that its ring never overflows while nobody polls. Allocates
    /// nothing.</summary>
    private void Drain()
    {
        if (_busy || !IsOpen || _ring is null) return;
        _busy = true;
        EmptyCard();
        _busy = false;
    }

    /// <summary>Takes all frames off the card into the ring. Allocates nothing.</summary>
    private void EmptyCard()
    {
        _sendsSinceReceive = 0;
        for (int i = 0; i < StaleFramesMax; i++)
        {
            byte* room = _ring!.Room;
            bool isLost = room == null;   // no room for the frame, but the card must be emptied all the same
            nuint size = isLost ? (nuint)ScratchBytes : FrameRing.SlotBytes;
            Status status = _snp->Receive(_snp, null, &size, isLost ? _scratch : room, null, null, null);
            if (status == Status.BufferTooSmall && !isLost)
            {
                isLost = true;
                size = ScratchBytes;
                status = _snp->Receive(_snp, null, &size, _scratch, null, null, null);
            }
            if (status.IsError) return;
            if (isLost || size < FrameHeaderBytes || size > FrameRing.SlotBytes) LostFrames++;
            else _ring.Push((int)size);
        }
    }
}
