using System.Runtime.CompilerServices;
using Internal.Runtime;

namespace System;

/// <remarks>The image carries no names: <see cref="ToString"/> gives the number.</remarks>
public abstract unsafe partial class Enum : ValueType
{
    [Intrinsic]
    public bool HasFlag(Enum flag)
    {
        if (flag.m_pEEType != m_pEEType) throw new ArgumentException("The flag is of another enumeration.");
        long bits = flag.Bits;
        return (Bits & bits) == bits;
    }

    public override bool Equals(object? obj) =>
        obj is not null && obj.m_pEEType == m_pEEType && Unsafe.As<Enum>(obj).Bits == Bits;

    public override int GetHashCode()
    {
        long bits = Bits;
        return m_pEEType->ValueBytes == 8 ? (int)bits ^ (int)(bits >> 32) : (int)bits;
    }

    public override string ToString() => Bits.ToString()!;

    private long Bits => m_pEEType->ElementType switch
    {
        ElementType.SByte => (sbyte)RawData,
        ElementType.Byte => RawData,
        ElementType.Int16 => Unsafe.As<byte, short>(ref RawData),
        ElementType.UInt16 or ElementType.Char => Unsafe.As<byte, ushort>(ref RawData),
        ElementType.Int32 => Unsafe.As<byte, int>(ref RawData),
        ElementType.UInt32 => Unsafe.As<byte, uint>(ref RawData),
        _ => Unsafe.As<byte, long>(ref RawData),
    };
}
