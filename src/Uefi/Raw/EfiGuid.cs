using System;
using System.Runtime.InteropServices;

namespace Bootlace.Uefi.Raw;

/// <summary>EFI_GUID, in memory order (UEFI 2.10, appendix A). Not System.Guid: it must be blittable on both
/// builds.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct EfiGuid(uint a, ushort b, ushort c, ulong bigEndianRest) : IEquatable<EfiGuid>
{
    private readonly uint _a = a;
    private readonly ushort _b = b;
    private readonly ushort _c = c;
    private readonly uint _d = Swap((uint)(bigEndianRest >> 32));
    private readonly uint _e = Swap((uint)bigEndianRest);

    public static bool operator ==(EfiGuid x, EfiGuid y) => x.Equals(y);
    public static bool operator !=(EfiGuid x, EfiGuid y) => !x.Equals(y);
    public bool Equals(EfiGuid other) =>
        _a == other._a && _b == other._b && _c == other._c && _d == other._d && _e == other._e;
    public override bool Equals(object? obj) => obj is EfiGuid other && Equals(other);
    public override int GetHashCode() => (int)(_a ^ _e);

    private static uint Swap(uint x) => x << 24 | (x & 0xff00) << 8 | (x >> 8 & 0xff00) | x >> 24;
}
