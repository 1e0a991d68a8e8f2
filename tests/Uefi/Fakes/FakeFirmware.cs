using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using Bootlace.Uefi;
using Bootlace.Uefi.Raw;

namespace Bootlace.Tests.Uefi.Fakes;

/// <summary>A firmware in native memory: handles, protocols, events, memory. One at a time, since its services find it
/// through a static; test classes that use it share a collection.</summary>
internal sealed unsafe partial class FakeFirmware : IDisposable
{
    public const nint ImageHandle = 0x1000;
    private const int PageBytes = 4096;
    private static readonly EfiGuid s_beforeExit = new(0x8be0e274, 0x3970, 0x4b44, 0x80c5_1ab9502f3bfc);

    private readonly List<nint> _owned = [];
    private nint _nextHandle = 0x2000;
    private nint _nextEvent = 0x100;

    public FakeFirmware(string vendor = "EDK II")
    {
        Current = this;
        Cpu = new FakeCpu();
        Table = New<SystemTable>();
        Boot = New<BootServices>();
        Runtime = New<RuntimeServices>();
        Image = New<LoadedImage>();
        Table->Header.Signature = SystemTable.ExpectedSignature;
        Table->FirmwareVendor = NewText(vendor);
        Table->BootServices = Boot;
        Table->RuntimeServices = Runtime;
        FillServices();
        Install(ImageHandle, Guids.LoadedImage, Image);
    }

    public static FakeFirmware Current { get; private set; } = null!;

    public FakeCpu Cpu { get; }
    public SystemTable* Table { get; }
    public BootServices* Boot { get; }
    public RuntimeServices* Runtime { get; }
    public LoadedImage* Image { get; }

    /// <summary>Handle, then protocol, then interface.</summary>
    public Dictionary<nint, Dictionary<EfiGuid, nint>> Handles { get; } = [];
    public Dictionary<nint, FakeEvent> Events { get; } = [];
    public Dictionary<nint, nuint> Pages { get; } = [];
    public HashSet<nint> Pools { get; } = [];
    public List<MemoryDescriptor> Map { get; } = [];
    public Dictionary<string, ulong> Variables { get; } = [];

    /// <summary>Variables of any vendor and length, in the order they are named.</summary>
    public List<(string Name, EfiGuid Vendor, byte[] Value)> Others { get; } = [];

    /// <summary>What asking for names fails with; null: it does not.</summary>
    public Status? NamesFail { get; set; }

    public nuint VariableBytes { get; set; } = sizeof(ulong);

    /// <summary>What was called, in order, where the order matters.</summary>
    public List<string> Log { get; } = [];

    public nuint TplNow { get; set; } = Tpl.Application;
    public bool RefusesPages { get; set; }
    public uint MapStride { get; set; } = 48;   // EDK2 does that; U-Boot 40
    public nuint WatchdogSeconds { get; set; } = 300;
    public int WaitsForEvents { get; set; }
    public Action<nint>? OnConnect { get; set; }
    public Action<nint>? OnDisconnect { get; set; }
    public bool RefusesInstall { get; set; }
    public bool RefusesUninstall { get; set; }
    public Func<Status> OnLoadImage { get; set; } = () => Status.Success;
    public LoadedImageChange? OnImageLoaded { get; set; }
    public Func<nint, Status> OnStartImage { get; set; } = _ => Status.Success;
    public string? ExitText { get; set; }
    public byte[] LoadedBytes { get; set; } = [];
    public byte[] LoadedPath { get; set; } = [];

    /// <summary>Enters it as the loader does.</summary>
    public UefiFirmware Enter() => UefiFirmware.Enter(ImageHandle, (nint)Table, Cpu);

    public Services NewServices() => new(ImageHandle, Table);

    public nint NewHandle() => _nextHandle++;

    public void Install(nint handle, EfiGuid protocol, void* instance)
    {
        if (!Handles.TryGetValue(handle, out Dictionary<EfiGuid, nint>? protocols)) Handles[handle] = protocols = [];
        protocols[protocol] = (nint)instance;
    }

    public nint Find(EfiGuid protocol) => Handles.First(handle => handle.Value.ContainsKey(protocol)).Key;

    public T* New<T>() where T : unmanaged
    {
        var memory = (T*)NativeMemory.AllocZeroed((nuint)sizeof(T));
        _owned.Add((nint)memory);
        return memory;
    }

    /// <summary>Memory that the caller of a service has to free.</summary>
    public void* NewPool(nuint size)
    {
        void* pool = NativeMemory.AllocZeroed(size);
        Pools.Add((nint)pool);
        return pool;
    }

    public byte* NewBytes(ReadOnlySpan<byte> bytes)
    {
        var memory = (byte*)NativeMemory.AllocZeroed((nuint)bytes.Length + 1);
        _owned.Add((nint)memory);
        bytes.CopyTo(new Span<byte>(memory, bytes.Length));
        return memory;
    }

    public char* NewText(string text) => (char*)NewBytes(MemoryMarshal.AsBytes<char>(text + "\0"));

    /// <summary>Runs an event's callback as the firmware's timer would.</summary>
    public void Fire(FakeEvent fired)
    {
        nuint before = TplNow;
        TplNow = Tpl.Callback;
        fired.Callback(fired.Handle, fired.Context);
        TplNow = before;
    }

    /// <summary>The operating system takes over.</summary>
    public void ExitBootServices(bool isAnnounced = false)
    {
        if (isAnnounced) AnnounceExit();
        foreach (FakeEvent exit in Events.Values.ToArray())
        {
            if (exit.Type == EventType.SignalExitBootServices) Fire(exit);
        }
    }

    /// <summary>It is about to, as firmware since UEFI 2.9 says.</summary>
    public void AnnounceExit()
    {
        foreach (FakeEvent handOver in Events.Values.ToArray())
        {
            if (handOver.Group != null && *handOver.Group == s_beforeExit) Fire(handOver);
        }
    }

    public void Dispose()
    {
        foreach (nint memory in _owned) NativeMemory.Free((void*)memory);
        foreach (nint page in Pages.Keys) NativeMemory.AlignedFree((void*)page);
        foreach (nint pool in Pools) NativeMemory.Free((void*)pool);
    }
}

/// <summary>Changes what LoadImage says of an image.</summary>
internal unsafe delegate void LoadedImageChange(LoadedImage* image);

/// <summary>An event of the <see cref="FakeFirmware"/>.</summary>
internal sealed unsafe class FakeEvent
{
    public nint Handle { get; init; }
    public uint Type { get; init; }
    public delegate* unmanaged<nint, void*, void> Callback { get; init; }
    public void* Context { get; init; }

    /// <summary>As U-Boot, it keeps the pointer.</summary>
    public EfiGuid* Group { get; init; }
    public uint TimerType { get; set; }
    public ulong Period { get; set; }
}
