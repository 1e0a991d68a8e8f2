using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using Bootlace.Uefi;
using Bootlace.Uefi.Raw;

namespace Bootlace.Tests.Uefi.Fakes;

internal sealed unsafe partial class FakeFirmware
{
    private void FillServices()
    {
        Boot->RaiseTpl = &RaiseTpl;
        Boot->RestoreTpl = &RestoreTpl;
        Boot->AllocatePages = &AllocatePages;
        Boot->FreePages = &FreePages;
        Boot->GetMemoryMap = &GetMemoryMap;
        Boot->AllocatePool = &AllocatePool;
        Boot->FreePool = &FreePool;
        Boot->CreateEvent = &CreateEvent;
        Boot->CreateEventEx = &CreateEventEx;
        Boot->SetTimer = &SetTimer;
        Boot->WaitForEvent = &WaitForEvent;
        Boot->CloseEvent = &CloseEvent;
        Boot->OpenProtocol = &OpenProtocol;
        Boot->CloseProtocol = &CloseProtocol;
        Boot->LocateHandle = &LocateHandle;
        Boot->LocateHandleBuffer = &LocateHandleBuffer;
        Boot->LocateProtocol = &LocateProtocol;
        Boot->LocateDevicePath = &LocateDevicePath;
        Boot->InstallMultipleProtocolInterfaces = &InstallMultiple;
        Boot->UninstallMultipleProtocolInterfaces = &UninstallMultiple;
        Boot->ReinstallProtocolInterface = &Reinstall;
        Boot->InstallConfigurationTable = &InstallConfigurationTable;
        Boot->LoadImage = &LoadImage;
        Boot->StartImage = &StartImage;
        Boot->UnloadImage = &UnloadImage;
        Boot->Stall = &Stall;
        Boot->SetWatchdogTimer = &SetWatchdogTimer;
        Boot->ConnectController = &ConnectController;
        Boot->DisconnectController = &DisconnectController;
        Boot->SignalEvent = &SignalEvent;
        Runtime->GetVariable = &GetVariable;
        Runtime->GetNextVariableName = &GetNextVariableName;
        Runtime->SetVariable = &SetVariable;
        Runtime->ResetSystem = &ResetSystem;
    }

    [UnmanagedCallersOnly]
    private static nuint RaiseTpl(nuint level)
    {
        nuint before = Current.TplNow;
        Current.TplNow = level;
        return before;
    }

    [UnmanagedCallersOnly]
    private static void RestoreTpl(nuint level) => Current.TplNow = level;

    [UnmanagedCallersOnly]
    private static nuint AllocatePages(uint how, uint type, nuint pages, ulong* address)
    {
        if (Current.RefusesPages) return Status.OutOfResources.Value;
        nuint countBytes = pages * PageBytes;
        void* memory = NativeMemory.AlignedAlloc(countBytes, PageBytes);
        new Span<byte>(memory, (int)countBytes).Fill(0xa5);   // firmware does not clear pages either
        Current.Pages.Add((nint)memory, pages);
        *address = (ulong)memory;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint FreePages(ulong address, nuint pages)
    {
        if (!Current.Pages.Remove((nint)address, out nuint allocated) || allocated != pages)
            Current.Log.Add($"FreePages({address:x}, {pages}) of what was not allocated so");
        NativeMemory.AlignedFree((void*)address);
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint GetMemoryMap(nuint* size, void* map, nuint* key, nuint* stride, uint* version)
    {
        nuint needed = (nuint)Current.Map.Count * Current.MapStride;
        bool tooSmall = map == null || *size < needed;
        *size = needed;
        *stride = Current.MapStride;
        if (tooSmall) return Status.BufferTooSmall.Value;
        for (int i = 0; i < Current.Map.Count; i++)
            *(MemoryDescriptor*)((byte*)map + i * Current.MapStride) = Current.Map[i];
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint AllocatePool(uint type, nuint size, void** pool)
    {
        *pool = NativeMemory.Alloc(size);
        Current.Pools.Add((nint)(*pool));
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint FreePool(void* pool)
    {
        if (!Current.Pools.Remove((nint)pool)) return Status.InvalidParameter.Value;
        NativeMemory.Free(pool);
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint CreateEvent(
        uint type, nuint level, delegate* unmanaged<nint, void*, void> callback, void* context, nint* created)
    {
        *created = Current._nextEvent++;
        Current.Events[*created] =
            new FakeEvent { Handle = *created, Type = type, Callback = callback, Context = context };
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint CreateEventEx(
        uint type, nuint level, delegate* unmanaged<nint, void*, void> callback, void* context, EfiGuid* group,
        nint* created)
    {
        *created = Current._nextEvent++;
        Current.Events[*created] = new FakeEvent
        {
            Handle = *created, Type = type, Callback = callback, Context = context, Group = group,
        };
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint SetTimer(nint set, uint type, ulong period)
    {
        Current.Events[set].TimerType = type;
        Current.Events[set].Period = period;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint WaitForEvent(nuint count, nint* events, nuint* index)
    {
        if (Current.TplNow != Tpl.Application) return Status.Unsupported.Value;
        Current.WaitsForEvents++;
        Current.Cpu.Counter += Current.Events[events[0]].Period / 10;
        *index = 0;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint CloseEvent(nint closed) =>
        Current.Events.Remove(closed) ? 0 : Status.InvalidParameter.Value;

    [UnmanagedCallersOnly]
    private static nuint OpenProtocol(
        nint handle, EfiGuid* protocol, void** found, nint agent, nint controller, uint attributes)
    {
        if (!Current.Handles.TryGetValue(handle, out Dictionary<EfiGuid, nint>? protocols))
            return Status.InvalidParameter.Value;
        if (!protocols.TryGetValue(*protocol, out nint instance)) return Status.Unsupported.Value;
        if (attributes == OpenProtocolAttribute.Exclusive)
        {
            Current.Log.Add($"open exclusive {handle:x}");
            FakeSnp.TakeFromFirmware(instance);
        }
        *found = (void*)instance;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint CloseProtocol(nint handle, EfiGuid* protocol, nint agent, nint controller)
    {
        Current.Log.Add($"close {handle:x}");
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint LocateHandle(uint search, EfiGuid* protocol, void* key, nuint* sizeBytes, nint* handles)
    {
        EfiGuid wanted = *protocol;
        nint[] found = [.. Current.Handles.Keys.Where(handle => Current.Handles[handle].ContainsKey(wanted))];
        if (found.Length == 0) return Status.NotFound.Value;
        nuint needed = (nuint)(found.Length * sizeof(nint));
        bool fits = *sizeBytes >= needed;
        *sizeBytes = needed;
        if (!fits) return Status.BufferTooSmall.Value;
        found.CopyTo(new Span<nint>(handles, found.Length));
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint LocateHandleBuffer(uint search, EfiGuid* protocol, void* key, nuint* count, nint** handles)
    {
        nint[] found = [.. Current.Handles.Keys];
        if (search == LocateSearch.ByProtocol)
        {
            EfiGuid wanted = *protocol;
            found = [.. found.Where(handle => Current.Handles[handle].ContainsKey(wanted))];
        }
        if (found.Length == 0) return Status.NotFound.Value;
        *handles = (nint*)NativeMemory.Alloc((nuint)(found.Length * sizeof(nint)));
        Current.Pools.Add((nint)(*handles));
        for (int i = 0; i < found.Length; i++) (*handles)[i] = found[i];
        *count = (nuint)found.Length;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint LocateProtocol(EfiGuid* protocol, void* registration, void** found)
    {
        foreach (Dictionary<EfiGuid, nint> protocols in Current.Handles.Values)
        {
            if (!protocols.TryGetValue(*protocol, out nint instance)) continue;
            *found = (void*)instance;
            return 0;
        }
        return Status.NotFound.Value;
    }

    /// <summary>Exact matches only; the remaining path is then the end node.</summary>
    [UnmanagedCallersOnly]
    private static nuint LocateDevicePath(EfiGuid* protocol, DevicePathProtocol** path, nint* handle)
    {
        byte[] wanted = DevicePaths.Copy(*path);
        foreach ((nint candidate, Dictionary<EfiGuid, nint> protocols) in Current.Handles)
        {
            if (!protocols.ContainsKey(*protocol) || !protocols.TryGetValue(Guids.DevicePath, out nint own)) continue;
            if (!DevicePaths.Copy((DevicePathProtocol*)own).AsSpan().SequenceEqual(wanted)) continue;
            *handle = candidate;
            *path = (DevicePathProtocol*)((byte*)*path + wanted.Length - sizeof(DevicePathProtocol));
            return 0;
        }
        return Status.NotFound.Value;
    }

    /// <summary>There is room for one.</summary>
    [UnmanagedCallersOnly]
    private static nuint InstallConfigurationTable(EfiGuid* kind, void* table)
    {
        SystemTable* system = Current.Table;
        if (system->ConfigurationTable == null) system->ConfigurationTable = Current.New<ConfigurationTable>();
        if (table == null && system->NumberOfTableEntries == 0) return Status.NotFound.Value;
        *system->ConfigurationTable = new ConfigurationTable { VendorGuid = *kind, VendorTable = table };
        system->NumberOfTableEntries = table == null ? 0u : 1u;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint InstallMultiple(
        nint* handle, EfiGuid* a, void* first, EfiGuid* b, void* second, EfiGuid* c, void* third, void* end)
    {
        if (Current.RefusesInstall) return Status.AlreadyStarted.Value;
        if (*handle == 0) *handle = Current.NewHandle();
        Current.Install(*handle, *a, first);
        Current.Install(*handle, *b, second);
        if (c != null) Current.Install(*handle, *c, third);
        return end == null ? 0 : Status.InvalidParameter.Value;
    }

    [UnmanagedCallersOnly]
    private static nuint UninstallMultiple(
        nint handle, EfiGuid* a, void* first, EfiGuid* b, void* second, EfiGuid* c, void* third, void* end)
    {
        Dictionary<EfiGuid, nint> protocols = Current.Handles[handle];
        if (Current.RefusesUninstall) return Status.AccessDenied.Value;
        if (protocols[*a] != (nint)first || protocols[*b] != (nint)second) return Status.NotFound.Value;
        if (c != null && protocols[*c] != (nint)third) return Status.NotFound.Value;
        protocols.Remove(*a);
        protocols.Remove(*b);
        if (c != null) protocols.Remove(*c);
        if (protocols.Count == 0) Current.Handles.Remove(handle);
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint Reinstall(nint handle, EfiGuid* protocol, void* before, void* after)
    {
        if (Current.Handles[handle][*protocol] != (nint)before) return Status.NotFound.Value;
        Current.Handles[handle][*protocol] = (nint)after;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint LoadImage(
        byte bootPolicy, nint parent, DevicePathProtocol* path, void* source, nuint size, nint* image)
    {
        if (parent != ImageHandle) return Status.InvalidParameter.Value;
        Status status = Current.OnLoadImage();
        Current.Log.Add("load");
        if (status.IsError && status != Status.SecurityViolation) return status.Value;
        Current.LoadedBytes = new ReadOnlySpan<byte>(source, (int)size).ToArray();
        Current.LoadedPath = DevicePaths.Copy(path);
        *image = Current.NewHandle();
        LoadedImage* loaded = Current.New<LoadedImage>();
        Current.OnImageLoaded?.Invoke(loaded);
        Current.Install(*image, Guids.LoadedImage, loaded);
        return status.Value;
    }

    [UnmanagedCallersOnly]
    private static nuint StartImage(nint image, nuint* exitBytes, char** exitData)
    {
        Current.Log.Add("start");
        Status status = Current.OnStartImage(image);
        Current.Handles.Remove(image);
        if (Current.ExitText is not { } text) return status.Value;
        *exitBytes = (nuint)(2 * text.Length + 2);
        *exitData = (char*)NativeMemory.AllocZeroed(*exitBytes);
        Current.Pools.Add((nint)(*exitData));
        text.CopyTo(new Span<char>(*exitData, text.Length));
        return status.Value;
    }

    [UnmanagedCallersOnly]
    private static nuint UnloadImage(nint image)
    {
        Current.Log.Add("unload");
        Current.Handles.Remove(image);
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint Stall(nuint microseconds)
    {
        Current.Cpu.Counter += microseconds;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint SetWatchdogTimer(nuint seconds, ulong code, nuint size, char* data)
    {
        Current.WatchdogSeconds = seconds;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint ConnectController(nint handle, nint* drivers, DevicePathProtocol* rest, byte recursive)
    {
        Current.Log.Add($"connect {handle:x}");
        Current.OnConnect?.Invoke(handle);
        return Status.NotFound.Value;
    }

    [UnmanagedCallersOnly]
    private static nuint DisconnectController(nint handle, nint driver, nint child)
    {
        Current.Log.Add($"disconnect {handle:x}");
        Current.OnDisconnect?.Invoke(handle);
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint SignalEvent(nint signalled)
    {
        Current.Log.Add($"signal {signalled:x}");
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint GetVariable(char* name, EfiGuid* vendor, uint* attributes, nuint* size, void* value)
    {
        string wanted = Text.Read(name, 64);
        EfiGuid by = *vendor;
        foreach ((string own, EfiGuid ownVendor, byte[] bytes) in Current.Others)
        {
            if (own != wanted || ownVendor != by) continue;
            bool fits = *size >= (nuint)bytes.Length;
            *size = (nuint)bytes.Length;
            if (!fits) return Status.BufferTooSmall.Value;
            bytes.CopyTo(new Span<byte>(value, bytes.Length));
            return 0;
        }
        if (!Current.Variables.TryGetValue(wanted, out ulong number)) return Status.NotFound.Value;
        if (*size < Current.VariableBytes)
        {
            *size = Current.VariableBytes;
            return Status.BufferTooSmall.Value;
        }
        *size = sizeof(ulong);
        *(ulong*)value = number;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint GetNextVariableName(nuint* size, char* name, EfiGuid* vendor)
    {
        if (Current.NamesFail is { } failure) return failure.Value;
        string before = Text.Read(name, 1024);
        EfiGuid by = *vendor;
        int next = before.Length == 0
            ? 0 : Current.Others.FindIndex(it => it.Name == before && it.Vendor == by) + 1;
        if (next >= Current.Others.Count) return Status.NotFound.Value;
        (string found, EfiGuid foundBy, _) = Current.Others[next];
        if (*size < (nuint)(2 * found.Length + 2)) return Status.BufferTooSmall.Value;
        Text.Write(found, name);
        *vendor = foundBy;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint SetVariable(char* name, EfiGuid* vendor, uint attributes, nuint size, void* value)
    {
        Current.Variables[Text.Read(name, 64)] = *(ulong*)value;
        return 0;
    }

    /// <summary>Unlike the real one it returns, so that the test goes on.</summary>
    [UnmanagedCallersOnly]
    private static void ResetSystem(uint type, nuint status, nuint size, void* data) =>
        Current.Log.Add($"reset {type}");
}
