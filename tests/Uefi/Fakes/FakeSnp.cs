using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using Bootlace.Uefi;
using Bootlace.Uefi.Raw;
using Bootlace.Wire;

namespace Bootlace.Tests.Uefi.Fakes;

/// <summary>A network card with the habits of EDK2's VirtioNet or of U-Boot, and with the faults of bad-inputs row E8
/// on demand.</summary>
internal sealed unsafe class FakeSnp
{
    public static readonly byte[] Mac = [0x52, 0x54, 0, 0x12, 0x34, 0x56];
    private const int InFlightMax = 64;

    private static readonly Dictionary<nint, FakeSnp> s_cards = [];

    private readonly FakeFirmware _firmware;
    private readonly bool _isUBoot;
    private readonly List<(nint Buffer, int Length)> _inFlight = [];
    private nint _lastSent;

    public FakeSnp(FakeFirmware firmware, bool isUBoot, byte[]? mac = null)
    {
        mac ??= Mac;
        _firmware = firmware;
        _isUBoot = isUBoot;
        Interface = firmware.New<SimpleNetwork>();
        Mode = firmware.New<SimpleNetworkMode>();
        Interface->Mode = Mode;
        Interface->Start = &OnStart;
        Interface->Stop = &OnStop;
        Interface->Initialize = &OnInitialize;
        Interface->Shutdown = &OnShutdown;
        Interface->ReceiveFilters = &OnReceiveFilters;
        Interface->GetStatus = &OnGetStatus;
        Interface->Transmit = &OnTransmit;
        Interface->Receive = &OnReceive;
        Mode->HwAddressSize = 6;
        Mode->MaxPacketSize = isUBoot ? 1522u : 1500u;
        Mode->ReceiveFilterMask = isUBoot ? 0u : 0xdu;
        Mode->MediaPresentSupported = isUBoot ? (byte)0 : (byte)1;
        Mode->MediaPresent = Mode->MediaPresentSupported;
        mac.CopyTo(new Span<byte>(Mode->CurrentAddress, 6));
        s_cards[(nint)Interface] = this;
        Handle = firmware.NewHandle();
        Path = new DevicePathWriter().HardwareVendor(new byte[16]).Mac(MacAddress.Read(mac)).End();
        firmware.Install(Handle, Guids.SimpleNetwork, Interface);
        firmware.Install(Handle, Guids.DevicePath, firmware.NewBytes(Path));
    }

    public SimpleNetwork* Interface { get; }
    public SimpleNetworkMode* Mode { get; }
    public nint Handle { get; }
    public byte[] Path { get; }

    public Queue<byte[]> Incoming { get; } = [];

    /// <summary>Frames as the card read them: on EDK2 only when it gives the buffer back, as DMA would.</summary>
    public List<byte[]> Sent { get; } = [];
    public List<uint> Filters { get; } = [];

    /// <summary>The groups it was told to listen to.</summary>
    public List<MacAddress> Groups { get; } = [];
    public List<string> Log { get; } = [];
    public int InFlightCount => _inFlight.Count;

    public bool KeepsBuffers { get; set; }
    public bool KeepsBuffersUntilRestart { get; set; }
    public nint RecycledLie { get; set; }
    public Status? ReceiveAnswer { get; set; }
    public Status? TransmitAnswer { get; set; }
    public nuint? ReceiveSizeLie { get; set; }
    public Status StartAnswer { get; set; }
    public Queue<Status> InitializeAnswers { get; } = [];
    public Action? DuringReceive { get; set; }
    public Action? DuringShutdown { get; set; }
    public int GetStatusCalls { get; set; }
    public bool CableIsOut { get; set; }

    public void ReleaseBuffers() => KeepsBuffers = false;

    /// <summary>What an exclusive open does to a card the EDK2 stack holds: it is shut down and stopped.</summary>
    public static void TakeFromFirmware(nint instance)
    {
        if (s_cards.TryGetValue(instance, out FakeSnp? card) && !card._isUBoot)
            card.Mode->State = SimpleNetworkState.Stopped;
    }

    private static FakeSnp Of(SimpleNetwork* snp) => s_cards[(nint)snp];

    [UnmanagedCallersOnly]
    private static nuint OnStart(SimpleNetwork* snp)
    {
        FakeSnp card = Of(snp);
        card.Log.Add("start");
        if (card.StartAnswer.IsError) return card.StartAnswer.Value;
        if (card.Mode->State != SimpleNetworkState.Stopped) return Status.AlreadyStarted.Value;
        card.Mode->State = SimpleNetworkState.Started;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint OnStop(SimpleNetwork* snp)
    {
        Of(snp).Log.Add("stop");
        Of(snp).Mode->State = SimpleNetworkState.Stopped;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint OnInitialize(SimpleNetwork* snp, nuint rx, nuint tx)
    {
        FakeSnp card = Of(snp);
        card.Log.Add("initialize");
        if (card.InitializeAnswers.TryDequeue(out Status answer) && answer.IsError) return answer.Value;
        if (card.Mode->State != SimpleNetworkState.Started && !card._isUBoot) return Status.NotStarted.Value;
        card.Mode->State = SimpleNetworkState.Initialized;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint OnShutdown(SimpleNetwork* snp)
    {
        FakeSnp card = Of(snp);
        card.Log.Add("shutdown");
        card.DuringShutdown?.Invoke();
        card._inFlight.Clear();
        card.KeepsBuffersUntilRestart = false;
        card.Mode->State = SimpleNetworkState.Started;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint OnReceiveFilters(
        SimpleNetwork* snp, uint enable, uint disable, byte reset, nuint count, void* multicast)
    {
        FakeSnp card = Of(snp);
        card.Filters.Add(enable);
        for (nuint i = 0; i < count; i++)
            card.Groups.Add(MacAddress.Read(new ReadOnlySpan<byte>((byte*)multicast + 32 * i, 6)));
        if (card._isUBoot) return Status.Unsupported.Value;
        return (enable & ~card.Mode->ReceiveFilterMask) != 0 ? Status.InvalidParameter.Value : 0;
    }

    [UnmanagedCallersOnly]
    private static nuint OnGetStatus(SimpleNetwork* snp, uint* interrupts, void** buffer)
    {
        FakeSnp card = Of(snp);
        card.GetStatusCalls++;
        card.Mode->MediaPresent = card._isUBoot || card.CableIsOut ? (byte)0 : (byte)1;
        if (buffer == null) return 0;
        *buffer = null;
        if (card.RecycledLie != 0)
        {
            *buffer = (void*)card.RecycledLie;
            card.RecycledLie = 0;
            return 0;
        }
        if (card._isUBoot)
        {
            *buffer = (void*)card._lastSent;
            card._lastSent = 0;
            return 0;
        }
        if (card.KeepsBuffers || card.KeepsBuffersUntilRestart || card._inFlight.Count == 0) return 0;
        (nint sent, int length) = card._inFlight[0];
        card._inFlight.RemoveAt(0);
        card.Sent.Add(new ReadOnlySpan<byte>((void*)sent, length).ToArray());
        *buffer = (void*)sent;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint OnTransmit(
        SimpleNetwork* snp, nuint header, nuint size, void* buffer, void* source, void* target, ushort* protocol)
    {
        FakeSnp card = Of(snp);
        if (card.TransmitAnswer is { } answer) return answer.Value;
        if (card.Mode->State != SimpleNetworkState.Initialized) return Status.NotStarted.Value;
        if (size < 14) return Status.BufferTooSmall.Value;
        if (size > (card._isUBoot ? 1536u : 1514u)) return Status.InvalidParameter.Value;
        if (card._isUBoot)
        {
            card.Sent.Add(new ReadOnlySpan<byte>(buffer, (int)size).ToArray());
            card._lastSent = (nint)buffer;
            return 0;
        }
        if (card._inFlight.Count == InFlightMax) return Status.NotReady.Value;
        if (card._inFlight.Any(sent => sent.Buffer == (nint)buffer)) return Status.DeviceError.Value;
        card._inFlight.Add(((nint)buffer, (int)size));
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint OnReceive(
        SimpleNetwork* snp, nuint* header, nuint* size, void* buffer, void* source, void* target, ushort* protocol)
    {
        FakeSnp card = Of(snp);
        card.DuringReceive?.Invoke();
        if (card.ReceiveAnswer is { } answer) return answer.Value;
        if (card.Mode->State != SimpleNetworkState.Initialized) return Status.NotStarted.Value;
        if (card.Incoming.Count == 0) return Status.NotReady.Value;
        byte[] frame = card.Incoming.Peek();
        bool tooSmall = *size < (nuint)frame.Length;
        *size = (nuint)frame.Length;
        if (tooSmall) return Status.BufferTooSmall.Value;   // the frame stays first in the queue
        card.Incoming.Dequeue();
        frame.CopyTo(new Span<byte>(buffer, frame.Length));
        if (card.ReceiveSizeLie is { } lie) *size = lie;
        return 0;
    }
}
