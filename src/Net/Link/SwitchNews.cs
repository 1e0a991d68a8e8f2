using System;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>What the switch last said of itself by LLDP. It says so every 30 seconds, and that it holds for a time;
/// what nobody has asked for in the meantime costs one copy.</summary>
public sealed class SwitchNews
{
    private const int BytesMax = 1500;

    /// <summary>The group addresses of IEEE 802.1AB-2016, clause 7.1: 01:80:c2:00:00 and one of these.</summary>
    private static ReadOnlySpan<byte> Group => [0x01, 0x80, 0xc2, 0x00, 0x00];
    private const byte NearestBridge = 0x0e, NearestNonTpmrBridge = 0x03, NearestCustomerBridge = 0x00;

    private byte[] _unit = [];
    private int _countBytes;
    private Instant _holdsUntil;

    /// <summary>All values, as <see cref="LldpUnit"/> reads them; empty: nothing that still holds.</summary>
    public ReadOnlySpan<byte> ReadAt(Instant now) => now < _holdsUntil ? _unit.AsSpan(0, _countBytes) : default;

    /// <summary>Whether frames to that address are for the neighbour on the cable and nobody else.</summary>
    internal static bool IsAddressedTo(MacAddress target)
    {
        Span<byte> bytes = stackalloc byte[MacAddress.Bytes];
        target.Write(bytes);
        return bytes.StartsWith(Group) && bytes[^1] is NearestBridge or NearestNonTpmrBridge or NearestCustomerBridge;
    }

    /// <summary>Takes what a frame holds, in place of what was said before; false when it is malformed.</summary>
    internal bool TryTake(ReadOnlySpan<byte> payload, Instant now)
    {
        if (payload.Length > BytesMax) return false;
        if (!LldpUnit.TryMeasure(payload, out int countBytes, out int lifetimeSeconds, out _)) return false;
        if (_unit.Length == 0) _unit = new byte[BytesMax];
        payload[..countBytes].CopyTo(_unit);
        _countBytes = countBytes;
        _holdsUntil = now + Duration.FromSeconds(lifetimeSeconds);
        return true;
    }
}
