using System;
using System.Buffers;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Bootlace.Boot;
using Bootlace.Net;
using Bootlace.Uefi.Raw;
using Bootlace.Wire;

namespace Bootlace.Uefi;

/// <summary>The UEFI firmware we run on, entered once and left once: everything the loader asks of it, and everything
/// that must be undone before it gets control back.</summary>
public sealed unsafe class UefiFirmware : IFirmware
{
    private const ulong SetupBit = OsIndications.BootToFirmwareUi;

    private static UefiFirmware? s_current;

    private readonly Services _services;
    private readonly ICpu _cpu;
    private readonly FirmwareClock _clock;
    private readonly FirmwareConsole _console;
    private readonly EntropyChain _entropy;
    private readonly List<SnpDevice> _cards = [];
    private readonly nint _device;         // where we were loaded from; dangling once a card is open on EDK2
    private readonly byte[] _devicePath;   // its path, copied while it was alive
    private nint _exitEvent, _handOverEvent;
    private DiskHost? _disks;

    private UefiFirmware(nint imageHandle, SystemTable* table, ICpu cpu)
    {
        _services = new Services(imageHandle, table);
        _cpu = cpu;
        _services.Boot->SetWatchdogTimer(0, 0, 0, null);   // armed for 5 minutes by whoever started us
        _clock = new FirmwareClock(_services, cpu);
        _console = new FirmwareConsole(_services, _clock);
        Graphics = new FirmwareGraphics(_services, _console);
        _entropy = new EntropyChain(_services, cpu);
        Hardware = new FirmwareHardware(_services, cpu);
        Source = BootSourceReader.Read(_services);
        var image = (LoadedImage*)_services.TryGetProtocol(imageHandle, Guids.LoadedImage);
        _device = image == null ? 0 : image->DeviceHandle;
        _devicePath = DevicePaths.Of(_services, _device);
    }

    /// <summary>Time.</summary>
    public IClock Clock => _clock;

    /// <summary>Screen and keyboard.</summary>
    public IConsole Console => _console;

    /// <summary>The screen where it has pixels.</summary>
    public IGraphics Graphics { get; }

    /// <summary>Random bytes.</summary>
    public IEntropy Entropy => _entropy;

    /// <summary>Where those come from; worth a line on the screen when it is the jitter or nothing.</summary>
    public EntropySource EntropySource => _entropy.Source;

    /// <summary>Its date.</summary>
    public IWallClock WallClock => new WallClock(_services);

    /// <summary>Called when an operating system is about to take over, while the network still works: the last moment
    /// to tell peers. Firmware before UEFI 2.9 does not let us know.</summary>
    public Action? HandingOver { get; set; }

    /// <summary>What the firmware knew when it started us.</summary>
    public BootSource Source { get; }

    /// <summary>The machine's UUID as SMBIOS has it, first three fields little-endian; empty: none.</summary>
    public ReadOnlyMemory<byte> MachineUuid => MachineIdentity.ReadUuid(_services);

    /// <summary>The boot script in our own image; empty: none was embedded.</summary>
    public ReadOnlyMemory<byte> EmbeddedScript => OwnImage.CopySection(_services, ".script"u8);

    /// <summary>The roots in our own image, encoded certificates one behind the other; empty: none were
    /// added.</summary>
    public byte[] EmbeddedRoots => OwnImage.CopySection(_services, ".trust"u8);

    /// <inheritdoc/>
    public string Vendor => _services.Vendor;

    /// <inheritdoc/>
    public ushort PeMachine => IsArm64 ? (ushort)0xaa64 : (ushort)0x8664;

    /// <inheritdoc/>
    public string BuildArchitecture => IsArm64 ? "arm64" : "x86_64";

    /// <inheritdoc/>
    public ulong LargestFreeBytes => MemoryMap.FindLargest(_services);

    /// <summary>How keys are read from now on; null: as those of a US keyboard.</summary>
    public void UseKeymap(Keymap? map) => _console.Keymap = map;

    /// <summary>What the machine says of itself.</summary>
    public IHardware Hardware { get; }

    private static bool IsArm64 => !X86Base.IsSupported;

    /// <summary>Takes stock of the firmware: to be called first, with what EfiMain was given. No card is touched
    /// yet.</summary>
    public static UefiFirmware Enter(nint imageHandle, nint systemTable, ICpu cpu)
    {
        var firmware = new UefiFirmware(imageHandle, (SystemTable*)systemTable, cpu);
        s_current = firmware;
        firmware._exitEvent = firmware._services.CreateCallback(
            EventType.SignalExitBootServices, &OnExitBootServices, 0);
        firmware._handOverEvent = firmware._services.CreateGroupCallback(
            Guids.BeforeExitBootServicesGroup, &OnHandOver);
        return firmware;
    }

    /// <summary>Finds the network cards, the one we were loaded through first, and opens them; connects the firmware's
    /// drivers where it has shown no card yet. Cards that cannot be opened are left out; none at all is a
    /// BootFailure.</summary>
    public IReadOnlyList<INetworkDevice> OpenNetwork()
    {
        List<SnpHandle> found = SnpHandle.FindAll(_services);
        if (found.Count == 0)
        {
            _services.ConnectAll();
            found = SnpHandle.FindAll(_services);
        }
        BootFailure? failure = null;
        foreach (SnpHandle handle in found)
        {
            var card = new SnpDevice(_services, _clock, handle);
            try
            {
                card.Open();
            }
            catch (BootFailure e)
            {
                failure = e;
                continue;
            }
            int index = card.Address == Source.NicAddress ? 0 : _cards.Count;
            _cards.Insert(index, card);
        }
        if (_cards.Count == 0) throw failure ?? new BootFailure(FirmwareFailure.NoNetworkCard);
        return [.. _cards];
    }

    /// <summary>The PCI bus id of a card, or of a VLAN on one, from <see cref="OpenNetwork"/>, for DHCP; empty: it is
    /// not on PCI.</summary>
    public ReadOnlyMemory<byte> BusIdOf(INetworkDevice card) =>
        PciCard.ReadBusId(_services, CardOf(card).DevicePath.Span);

    /// <summary>Where a card, or a VLAN on one, from <see cref="OpenNetwork"/> sits on PCI: bus in the high byte, then
    /// device and function, 5 and 3 bits; null: it is not on PCI.</summary>
    public ushort? PciAddressOf(INetworkDevice card) =>
        PciCard.ReadAddress(_services, CardOf(card).DevicePath.Span);

    /// <summary>Stops the cards; <paramref name="giveBack"/> has the firmware's own drivers take them again. What was
    /// opened stays listed and comes back with <see cref="ReopenNetwork"/>.</summary>
    public void CloseNetwork(bool giveBack)
    {
        foreach (SnpDevice card in _cards) card.Close(giveBack);
    }

    /// <summary>Opens the cards again after <see cref="CloseNetwork"/>; one that fails stays closed, with its link
    /// down.
    /// </summary>
    public void ReopenNetwork()
    {
        foreach (SnpDevice card in _cards)
        {
            try
            {
                card.Open();
            }
            catch (BootFailure failure)
            {
                _console.Write(failure.Describe() + "\n");
            }
        }
    }

    /// <summary>Our disks among the firmware's; <paramref name="pump"/> runs their requests.</summary>
    public IDiskHost OpenDisks(Pump pump) => _disks ??= new DiskHost(_services, this, pump);

    /// <summary>Undoes everything, the last thing first. After it the image may be freed: a timer or protocol left
    /// behind would be called in memory that belongs to somebody else. A firmware that cannot let go of a disk of ours
    /// is reset instead.</summary>
    public void Leave()
    {
        Graphics.Leave();
        _services.Door.Shut();
        bool mayReturn = _disks is null || _disks.Close();
        _disks = null;
        CloseNetwork(giveBack: mayReturn);
        if (!mayReturn) ResetMachine(ResetType.Cold);
        _cards.Clear();
        if (_exitEvent != 0) _services.CloseEvent(_exitEvent);
        if (_handOverEvent != 0) _services.CloseEvent(_handOverEvent);
        _exitEvent = _handOverEvent = 0;
        s_current = null;
        _clock.Close();
    }

    /// <inheritdoc/>
    public IMemoryOwner<byte> AllocatePages(int countBytes, bool outliveUs = false) =>
        new FirmwarePages(_services, countBytes, outliveUs ? MemoryType.Reserved : MemoryType.LoaderData);

    /// <inheritdoc/>
    public bool IsUntrusted(ReadOnlyMemory<byte> image, string name, string uri) =>
        new ImageStarter(_services, _cpu, BasePath(null)).IsUntrusted(image.Span, name, uri);

    /// <inheritdoc/>
    public ulong StartImage(in ImageStart start)
    {
        var starter = new ImageStarter(_services, _cpu, BasePath(start.Card));
        nint image = starter.Load(start);
        ulong status = Run(image);
        starter.Uninstall();
        return status;
    }

    /// <summary>Starts a loaded image, which has the keyboard for itself, and the network too unless it may need our
    /// disks; returns its exit status when it comes back.</summary>
    internal ulong Run(nint image)
    {
        bool keepsNetwork = _disks is { NeedsNetwork: true };
        if (!keepsNetwork) CloseNetwork(giveBack: false);
        PeriodicTimer? serving = keepsNetwork ? _disks!.StartServing() : null;
        Graphics.Leave();   // a program writes text where text belongs
        _console.IsLent = true;
        Status status = ImageRun.Start(_services, image, out string exitText);
        _console.IsLent = false;
        serving?.Stop();
        if (!keepsNetwork) ReopenNetwork();
        if (exitText.Length > 0) _console.Write(exitText + "\n");
        return status.Value;
    }

    /// <inheritdoc/>
    public IVolumeFile? OpenFile(string? volumeLabel, string path)
    {
        if (volumeLabel is not null)
            return FirmwareFile.Open(_services, FirmwareFile.FindVolume(_services, volumeLabel), path);
        if (Source.VolumePath is null) return null;
        bool isAbsolute = path.StartsWith('/') || path.StartsWith('\\');
        return FirmwareFile.Open(_services, _device, isAbsolute ? path : FolderOf(Source.VolumePath) + path);
    }

    /// <inheritdoc/>
    public void Reset(ResetKind kind)
    {
        if (kind == ResetKind.Setup) RequestSetup();
        CloseNetwork(giveBack: false);
        uint type = kind switch
        {
            ResetKind.Warm => ResetType.Warm,
            ResetKind.Off => ResetType.Shutdown,
            _ => ResetType.Cold,
        };
        ResetMachine(type);
        throw new BootFailure(FirmwareFailure.ServiceFailed, "the firmware does not reset the machine");
    }

    private void ResetMachine(uint type) => _services.Table->RuntimeServices->ResetSystem(type, 0, 0, null);

    private void RequestSetup()
    {
        ulong supported = ReadVariable("OsIndicationsSupported") ?? 0;
        if ((supported & SetupBit) == 0) throw new BootFailure(FirmwareFailure.NoSetup);
        ulong wanted = (ReadVariable("OsIndications") ?? 0) | SetupBit;
        EfiGuid vendor = Guids.GlobalVariable;
        Status status;
        fixed (char* name = "OsIndications")
        {
            status = _services.Table->RuntimeServices->SetVariable(
                name, &vendor,
                VariableAttribute.NonVolatile | VariableAttribute.BootServiceAccess | VariableAttribute.RuntimeAccess,
                sizeof(ulong), &wanted);
        }
        if (status.IsError) throw new BootFailure(FirmwareFailure.NoSetup, $"OsIndications cannot be set: {status}");
    }

    private ulong? ReadVariable(string variable)
    {
        EfiGuid vendor = Guids.GlobalVariable;
        ulong value = 0;
        nuint size = sizeof(ulong);
        Status status;
        fixed (char* name = variable)
            status = _services.Table->RuntimeServices->GetVariable(name, &vendor, null, &size, &value);
        return status.IsError || size != sizeof(ulong) ? null : value;
    }

    /// <summary>A started image's device hangs below the card in use, or the first one, or what we were loaded
    /// from.</summary>
    private byte[] BasePath(INetworkDevice? inUse)
    {
        if (inUse is not null && CardOf(inUse).DevicePath.Length > 0) return PathOf(inUse).End();
        if (_cards.Count > 0 && _cards[0].DevicePath.Length > 0) return _cards[0].DevicePath.ToArray();
        return _devicePath;
    }

    /// <summary>The device path of a disk of ours: what it hangs on, its own nodes, an end node.</summary>
    internal byte[] DevicePathFor(in DiskPlace place)
    {
        DevicePathWriter path = place.Card is { } card ? PathOf(card) : new DevicePathWriter().Nodes(_devicePath);
        return path.Nodes(place.Nodes.Span).End();
    }

    /// <summary>The nodes of a card, or of a VLAN on one.</summary>
    private static DevicePathWriter PathOf(INetworkDevice device)
    {
        DevicePathWriter path = new DevicePathWriter().Nodes(CardOf(device).DevicePath.Span);
        return device is VlanDevice vlan ? path.Vlan(vlan.Tag.Id) : path;
    }

    private static SnpDevice CardOf(INetworkDevice device) => (SnpDevice)VlanDevice.CardOf(device);

    private static string FolderOf(string path) => path[..(path.LastIndexOf('\\') + 1)];

    /// <summary>An operating system is about to take over, or tries to: it may yet come back and read.</summary>
    [UnmanagedCallersOnly]
    private static void OnHandOver(nint handOverEvent, void* context)
    {
        try
        {
            s_current?.SayGoodbye();
        }
        catch (Exception)
        {
            // Exceptions must not cross firmware frames; a peer that was not told finds out by itself.
        }
    }

    private void SayGoodbye()
    {
        if (HandingOver is null || _services.Door.TryEnter().IsError) return;
        try
        {
            HandingOver();
            foreach (SnpDevice card in _cards) card.FinishSending();
        }
        finally
        {
            _services.Door.Leave();
        }
    }

    /// <summary>The operating system takes over while a card is open: nothing may be allocated or freed here.</summary>
    [UnmanagedCallersOnly]
    private static void OnExitBootServices(nint exitEvent, void* context)
    {
        try
        {
            s_current?.Silence();
        }
        catch (Exception)
        {
            // Exceptions must not cross firmware frames, and nobody is left to be told.
        }
    }

    private void Silence()
    {
        _services.Door.Shut();
        ShimHooks.LetGo();
        for (int i = 0; i < _cards.Count; i++) _cards[i].Silence();
    }
}
