using System.Runtime.CompilerServices;
using Internal.Runtime;

namespace System;

public abstract unsafe partial class Array
{
    // The compiler reads the length at offset 8 and the elements at 16.
    private readonly int _numComponents;

    private protected Array() { }

    public int Length
    {
        [Intrinsic]
        get => Unsafe.As<RawArrayData>(this).Length;
    }

    public long LongLength => Length;

    public int Rank => 1;

    /// <summary>The first element, as a byte.</summary>
    internal ref byte RawElements => ref Unsafe.As<RawArrayData>(this).Data;

    internal nuint ElementBytes => m_pEEType->ComponentSize;

    internal MethodTable* ElementMethodTable => m_pEEType->RelatedType;

    public object Clone() => MemberwiseClone();
}

/// <summary>What the compiler gives every T[] as its class: r2's part adds the collection interfaces.</summary>
internal partial class Array<T> : Array
{
    private Array() { }
}
