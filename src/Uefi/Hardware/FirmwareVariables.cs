using System;
using Bootlace.Uefi.Raw;

namespace Bootlace.Uefi;

/// <summary>The firmware's variables by name alone (UEFI 2.10, 8.2).</summary>
internal static unsafe class FirmwareVariables
{
    private const int ValueBytesMax = 64 * 1024, NameCharsMax = 1024, VariablesMax = 4096;

    /// <summary>The value of the specification's own variable of that name, else of the first other vendor's; null:
    /// there is none, or it is longer than any that has a meaning in scripts.</summary>
    public static byte[]? Read(Services services, string name)
    {
        if (name.Length is 0 or >= NameCharsMax) return null;
        return Read(services, name, Guids.GlobalVariable)
            ?? (TryFindVendor(services, name, out EfiGuid vendor) ? Read(services, name, vendor) : null);
    }

    private static byte[]? Read(Services services, string name, EfiGuid vendor)
    {
        RuntimeServices* runtime = services.Table->RuntimeServices;
        fixed (char* text = name + "\0")
        {
            nuint size = 0;
            Status sized = runtime->GetVariable(text, &vendor, null, &size, null);
            if (sized != Status.BufferTooSmall || size == 0 || size > ValueBytesMax) return null;
            byte[] value = new byte[(int)size];
            Status read;
            fixed (byte* start = value) read = runtime->GetVariable(text, &vendor, null, &size, start);
            return read.IsError || size > (nuint)value.Length ? null : value.AsSpan(0, (int)size).ToArray();
        }
    }

    /// <summary>Goes through the names of all variables.</summary>
    private static bool TryFindVendor(Services services, string name, out EfiGuid vendor)
    {
        RuntimeServices* runtime = services.Table->RuntimeServices;
        vendor = default;
        char[] buffer = new char[NameCharsMax];
        fixed (char* text = buffer)
        {
            for (int i = 0; i < VariablesMax; i++)
            {
                EfiGuid next = vendor;
                nuint size = NameCharsMax * sizeof(char);
                Status status = runtime->GetNextVariableName(&size, text, &next);
                if (status.IsError) return false;
                vendor = next;
                if (Text.Read(text, NameCharsMax) == name) return true;
            }
        }
        return false;
    }
}
