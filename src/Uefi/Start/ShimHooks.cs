using System;
using System.Runtime.InteropServices;
using Bootlace.Boot;
using Bootlace.Uefi.Raw;
using Bootlace.Wire;

namespace Bootlace.Uefi;

/// <summary>Makes shim start a kernel, while it expects a boot loader. Before version 16 it halts the machine when the
/// operating system takes over, unless its own protocol has been asked to verify something by then: whoever asks for
/// the memory map asks for that too, if only with nothing to verify. Since version 15.3 it refuses programs without a
/// mark of SBAT, unless the variable for that revokes nothing. The callbacks allocate nothing, and the firmware's own
/// functions are back in its tables before the operating system sees them.</summary>
internal sealed unsafe class ShimHooks
{
    private const int LocksMax = 8;   // one for each shim that is under way
    private const uint TableBytesMax = 4096;

    private static ShimHooks? s_installed;

    private readonly Services _services;
    private readonly ICpu _cpu;
    private readonly SbatLevelMask _level = new();
    private readonly delegate* unmanaged<nuint*, void*, nuint*, nuint*, uint*, nuint> _getMemoryMap;
    private readonly delegate* unmanaged<char*, EfiGuid*, uint*, nuint*, void*, nuint> _getVariable;
    private readonly delegate* unmanaged<char*, EfiGuid*, uint, nuint, void*, nuint> _setVariable;

    private ShimHooks(Services services, ICpu cpu)
    {
        _services = services;
        _cpu = cpu;
        _getMemoryMap = services.Boot->GetMemoryMap;
        _getVariable = Runtime->GetVariable;
        _setVariable = Runtime->SetVariable;
    }

    private RuntimeServices* Runtime => _services.Table->RuntimeServices;

    /// <summary>Hooks what the shim is not to do by itself.</summary>
    public static ShimHooks Install(Services services, ICpu cpu, in ShimStart shim)
    {
        Check.That(s_installed is null);
        var hooks = new ShimHooks(services, cpu);
        s_installed = hooks;
        if (!shim.RequiresLoader) services.Boot->GetMemoryMap = &OnGetMemoryMap;
        if (!shim.AllowsSbat)
        {
            hooks.Runtime->GetVariable = &OnGetVariable;
            hooks.Runtime->SetVariable = &OnSetVariable;
        }
        hooks.Sign();
        return hooks;
    }

    /// <summary>The operating system takes over.</summary>
    public static void LetGo() => s_installed?.Uninstall();

    /// <summary>Puts the firmware's own functions back.</summary>
    public void Uninstall()
    {
        if (s_installed != this) return;
        _services.Boot->GetMemoryMap = _getMemoryMap;
        Runtime->GetVariable = _getVariable;
        Runtime->SetVariable = _setVariable;
        Sign();
        s_installed = null;
    }

    /// <summary>Renews the tables' checksums.</summary>
    private void Sign()
    {
        Sign(&_services.Boot->Header);
        Sign(&Runtime->Header);
    }

    private static void Sign(TableHeader* header)
    {
        if (header->HeaderSize > TableBytesMax) return;
        header->Crc32 = 0;
        header->Crc32 = Crc32.Append(0, new ReadOnlySpan<byte>(header, (int)header->HeaderSize));
    }

    /// <summary>Has every shim that is under way know that its protocol is in use.</summary>
    private void UseLocks()
    {
        EfiGuid kind = Guids.ShimLock;
        nint* handles = stackalloc nint[LocksMax];
        nuint sizeBytes = LocksMax * (nuint)sizeof(nint);
        Status status = _services.Boot->LocateHandle(LocateSearch.ByProtocol, &kind, null, &sizeBytes, handles);
        int count = status.IsError ? 0 : (int)(sizeBytes / (nuint)sizeof(nint));
        for (int i = 0; i < count; i++)
        {
            var found = (ShimLock*)_services.TryGetProtocol(handles[i], kind);
            if (found != null) _cpu.CallBySystemV((nint)found->Verify, 0, 0);
        }
    }

    [UnmanagedCallersOnly]
    private static nuint OnGetMemoryMap(nuint* sizeBytes, void* map, nuint* key, nuint* stride, uint* version)
    {
        try
        {
            if (s_installed is not { } hooks) return Status.Unsupported.Value;
            hooks.UseLocks();
            return hooks._getMemoryMap(sizeBytes, map, key, stride, version);
        }
        catch (Exception)
        {
            return Status.Aborted.Value;   // exceptions must not cross firmware frames
        }
    }

    [UnmanagedCallersOnly]
    private static nuint OnGetVariable(
        char* name, EfiGuid* vendor, uint* attributes, nuint* sizeBytes, void* value)
    {
        try
        {
            if (s_installed is not { } hooks) return Status.Unsupported.Value;
            return SbatLevelMask.Covers(name, vendor)
                ? hooks._level.Get(attributes, sizeBytes, value).Value
                : hooks._getVariable(name, vendor, attributes, sizeBytes, value);
        }
        catch (Exception)
        {
            return Status.Aborted.Value;
        }
    }

    [UnmanagedCallersOnly]
    private static nuint OnSetVariable(char* name, EfiGuid* vendor, uint attributes, nuint sizeBytes, void* value)
    {
        try
        {
            if (s_installed is not { } hooks) return Status.Unsupported.Value;
            return SbatLevelMask.Covers(name, vendor)
                ? hooks._level.Set(sizeBytes, value).Value
                : hooks._setVariable(name, vendor, attributes, sizeBytes, value);
        }
        catch (Exception)
        {
            return Status.Aborted.Value;
        }
    }
}
