using System;
using System.Runtime.InteropServices;
using Bootlace.Uefi.Raw;

namespace Bootlace.Uefi;

/// <summary>The native side of <see cref="DiskFace"/>: finds the object behind the pointer, and lets no exception out
/// into firmware frames. Requests of BlockIo2 are done when it returns, as UEFI 2.10, 13.10 allows.</summary>
internal static unsafe class DiskCallbacks
{
    public static void Fill(BlockIo* disk, BlockIo2* disk2, BlockIoMedia* media)
    {
        disk->Revision = BlockIo.Revision3;
        disk->Media = disk2->Media = media;
        disk->Reset = &OnReset;
        disk->ReadBlocks = &OnReadBlocks;
        disk->WriteBlocks = &OnWriteBlocks;
        disk->FlushBlocks = &OnFlushBlocks;
        disk2->Reset = &OnReset2;
        disk2->ReadBlocksEx = &OnReadBlocks2;
        disk2->WriteBlocksEx = &OnWriteBlocks2;
        disk2->FlushBlocksEx = &OnFlushBlocks2;
    }

    [UnmanagedCallersOnly]
    private static nuint OnReset(BlockIo* disk, byte extendedVerification) => Reset(DiskFace.Find(disk)).Value;

    [UnmanagedCallersOnly]
    private static nuint OnReset2(BlockIo2* disk, byte extendedVerification) => Reset(DiskFace.Find(disk)).Value;

    [UnmanagedCallersOnly]
    private static nuint OnReadBlocks(BlockIo* disk, uint mediaId, ulong block, nuint countBytes, byte* buffer) =>
        Read(DiskFace.Find(disk), mediaId, block, countBytes, buffer).Value;

    [UnmanagedCallersOnly]
    private static nuint OnReadBlocks2(
        BlockIo2* disk, uint mediaId, ulong block, BlockIo2Token* token, nuint countBytes, byte* buffer)
    {
        DiskFace? face = DiskFace.Find(disk);
        return Tell(face, token, Read(face, mediaId, block, countBytes, buffer));
    }

    [UnmanagedCallersOnly]
    private static nuint OnWriteBlocks(BlockIo* disk, uint mediaId, ulong block, nuint countBytes, byte* buffer) =>
        Write(DiskFace.Find(disk), mediaId, block, countBytes, buffer).Value;

    [UnmanagedCallersOnly]
    private static nuint OnWriteBlocks2(
        BlockIo2* disk, uint mediaId, ulong block, BlockIo2Token* token, nuint countBytes, byte* buffer)
    {
        DiskFace? face = DiskFace.Find(disk);
        return Tell(face, token, Write(face, mediaId, block, countBytes, buffer));
    }

    [UnmanagedCallersOnly]
    private static nuint OnFlushBlocks(BlockIo* disk) => Flush(DiskFace.Find(disk)).Value;

    [UnmanagedCallersOnly]
    private static nuint OnFlushBlocks2(BlockIo2* disk, BlockIo2Token* token)
    {
        DiskFace? face = DiskFace.Find(disk);
        return Tell(face, token, Flush(face));
    }

    private static Status Reset(DiskFace? face)
    {
        if (face is null) return Status.InvalidParameter;
        return face.HasMedia ? Status.Success : Status.DeviceError;   // 13.9.2 knows no other error
    }

    private static Status Read(DiskFace? face, uint mediaId, ulong block, nuint countBytes, byte* buffer)
    {
        try
        {
            return face?.Read(mediaId, block, countBytes, buffer) ?? Status.InvalidParameter;
        }
        catch (Exception)
        {
            return Status.DeviceError;
        }
    }

    private static Status Write(DiskFace? face, uint mediaId, ulong block, nuint countBytes, byte* buffer)
    {
        try
        {
            return face?.Write(mediaId, block, countBytes, buffer) ?? Status.InvalidParameter;
        }
        catch (Exception)
        {
            return Status.DeviceError;
        }
    }

    private static Status Flush(DiskFace? face)
    {
        try
        {
            return face?.Flush() ?? Status.InvalidParameter;
        }
        catch (Exception)
        {
            return Status.DeviceError;
        }
    }

    /// <summary>A refused request leaves its token alone; a token without an event asks for a plain call.</summary>
    private static nuint Tell(DiskFace? face, BlockIo2Token* token, Status status)
    {
        if (status.IsError || face is null || token == null || token->Event == 0) return status.Value;
        token->TransactionStatus = status.Value;
        face.Signal(token->Event);
        return status.Value;
    }
}
