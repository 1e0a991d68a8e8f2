using System;
using Bootlace.Uefi.Raw;

namespace Bootlace.Uefi;

/// <summary>StartImage and what goes with it.</summary>
internal static unsafe class ImageRun
{
    private const uint BootServicesCode = 3;   // EFI_MEMORY_TYPE of a driver's code
    private const int ExitTextCharsMax = 1024;

    /// <summary>Starts a loaded image; returns its status if it comes back, and what it said on leaving with an error.
    /// Applications are unloaded by the firmware then; a driver that stays gets to see every device.</summary>
    public static Status Start(Services services, nint image, out string exitText)
    {
        var loaded = (LoadedImage*)services.TryGetProtocol(image, Guids.LoadedImage);
        bool isDriver = loaded != null && loaded->ImageCodeType == BootServicesCode;
        nuint exitBytes = 0;
        char* exitData = null;
        Status status;
        using (services.Door.Open()) status = services.Boot->StartImage(image, &exitBytes, &exitData);
        exitText = "";
        if (exitData != null)
        {
            exitText = Text.Read(exitData, (int)Math.Min((ulong)exitBytes / sizeof(char), ExitTextCharsMax));
            services.Boot->FreePool(exitData);
        }
        if (isDriver && !status.IsError) services.ConnectAll();
        return status;
    }
}
