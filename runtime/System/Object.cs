using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Internal.Runtime;

namespace System;

public unsafe class Object
{
    // The compiler knows this field by its name.
    internal MethodTable* m_pEEType;

    public Object() { }

    public virtual bool Equals(object? obj) => this == obj;

    public static bool Equals(object? objA, object? objB) =>
        objA == objB || (objA is not null && objB is not null && objA.Equals(objB));

    public static bool ReferenceEquals(object? objA, object? objB) => objA == objB;

    public virtual int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    /// <summary>There are no type names in the image, so this is the same for every type that does not override
    /// it.</summary>
    public virtual string? ToString() => "System.Object";

    [Intrinsic]
    public Type GetType() => Type.Of(m_pEEType);

    protected object MemberwiseClone() => HeapObjects.Clone(this);

    /// <summary>The first byte after the method table pointer.</summary>
    internal ref byte RawData => ref Unsafe.As<RawData>(this).Data;
}
