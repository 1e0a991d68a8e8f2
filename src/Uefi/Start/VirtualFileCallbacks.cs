using System;
using System.Runtime.InteropServices;
using Bootlace.Uefi.Raw;

namespace Bootlace.Uefi;

/// <summary>The native side of <see cref="VirtualFileHandle"/>: finds the object behind the pointer, and lets no
/// exception out into firmware frames.</summary>
internal static unsafe class VirtualFileCallbacks
{
    public static void Fill(File* file)
    {
        file->Revision = File.Revision1;
        file->Open = &OnOpen;
        file->Close = &OnClose;
        file->Delete = &OnDelete;
        file->Read = &OnRead;
        file->Write = &OnWrite;
        file->GetPosition = &OnGetPosition;
        file->SetPosition = &OnSetPosition;
        file->GetInfo = &OnGetInfo;
        file->SetInfo = &OnSetInfo;
        file->Flush = &OnFlush;
    }

    [UnmanagedCallersOnly]
    private static nuint OnOpen(File* file, File** opened, char* path, ulong mode, ulong attributes)
    {
        try
        {
            if (VirtualFileHandle.Find(file) is not { } handle) return Status.InvalidParameter.Value;
            using CallbackDoor.Stay stay = handle.Door.Occupy();
            return handle.OpenRelative(opened, path, mode).Value;
        }
        catch (Exception)
        {
            return Status.Aborted.Value;
        }
    }

    [UnmanagedCallersOnly]
    private static nuint OnClose(File* file)
    {
        try
        {
            if (VirtualFileHandle.Find(file) is { } handle)
            {
                using CallbackDoor.Stay stay = handle.Door.Occupy();
                handle.Close();
            }
            return Status.Success.Value;
        }
        catch (Exception)
        {
            return Status.Aborted.Value;
        }
    }

    /// <summary>Delete closes the file even where it deletes nothing (UEFI 2.10, 13.5.4).</summary>
    [UnmanagedCallersOnly]
    private static nuint OnDelete(File* file)
    {
        try
        {
            if (VirtualFileHandle.Find(file) is { } handle)
            {
                using CallbackDoor.Stay stay = handle.Door.Occupy();
                handle.Close();
            }
            return (nuint)2;   // EFI_WARN_DELETE_FAILURE
        }
        catch (Exception)
        {
            return Status.Aborted.Value;
        }
    }

    [UnmanagedCallersOnly]
    private static nuint OnRead(File* file, nuint* sizeBytes, void* buffer)
    {
        try
        {
            if (VirtualFileHandle.Find(file) is not { } handle) return Status.DeviceError.Value;
            using CallbackDoor.Stay stay = handle.Door.Occupy();
            return handle.Read(sizeBytes, buffer).Value;
        }
        catch (Exception)
        {
            return Status.Aborted.Value;
        }
    }

    [UnmanagedCallersOnly]
    private static nuint OnWrite(File* file, nuint* sizeBytes, void* buffer) => Status.WriteProtected.Value;

    [UnmanagedCallersOnly]
    private static nuint OnGetPosition(File* file, ulong* position)
    {
        try
        {
            return (VirtualFileHandle.Find(file)?.GetPosition(position) ?? Status.DeviceError).Value;
        }
        catch (Exception)
        {
            return Status.Aborted.Value;
        }
    }

    [UnmanagedCallersOnly]
    private static nuint OnSetPosition(File* file, ulong position)
    {
        try
        {
            return (VirtualFileHandle.Find(file)?.SetPosition(position) ?? Status.DeviceError).Value;
        }
        catch (Exception)
        {
            return Status.Aborted.Value;
        }
    }

    [UnmanagedCallersOnly]
    private static nuint OnGetInfo(File* file, EfiGuid* kind, nuint* sizeBytes, void* buffer)
    {
        try
        {
            if (VirtualFileHandle.Find(file) is not { } handle) return Status.DeviceError.Value;
            using CallbackDoor.Stay stay = handle.Door.Occupy();
            return handle.GetInfo(kind, sizeBytes, buffer).Value;
        }
        catch (Exception)
        {
            return Status.Aborted.Value;
        }
    }

    [UnmanagedCallersOnly]
    private static nuint OnSetInfo(File* file, EfiGuid* kind, nuint sizeBytes, void* buffer) =>
        Status.WriteProtected.Value;

    [UnmanagedCallersOnly]
    private static nuint OnFlush(File* file) => Status.Success.Value;
}
