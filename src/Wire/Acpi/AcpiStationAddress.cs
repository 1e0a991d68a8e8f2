using System;

namespace Bootlace.Wire;

/// <summary>The station address that makers of laptops put into ACPI's code for docks and adapters to use:
/// <c>_AUXMAC_#525400123456#</c>, or <c>_RTXMAC_</c> likewise.</summary>
public static class AcpiStationAddress
{
    private const int DigitCount = 2 * MacAddress.Bytes;

    /// <summary>Finds the first one in a DSDT or SSDT; what is all zeroes is none.</summary>
    public static bool TryFind(ReadOnlySpan<byte> table, out MacAddress address)
    {
        address = default;
        Span<byte> bytes = stackalloc byte[MacAddress.Bytes];
        while (true)
        {
            int start = table.IndexOf("XMAC_#"u8);
            if (start < 0) return false;
            bool isNamed = table[..start].EndsWith("_AU"u8) || table[..start].EndsWith("_RT"u8);
            table = table[(start + "XMAC_#"u8.Length)..];
            if (!isNamed || table.Length <= DigitCount || table[DigitCount] != '#') continue;
            if (!HexDigits.TryRead(table[..DigitCount], bytes) || bytes.IndexOfAnyExcept((byte)0) < 0) continue;
            address = MacAddress.Read(bytes);
            return true;
        }
    }
}
