using System.Runtime.CompilerServices;
using Internal.Runtime;

namespace System;

/// <summary>An identity to compare and to hash by. The image has no metadata, so there is nothing else to ask of
/// it.</summary>
public abstract unsafe class Type
{
    internal abstract MethodTable* MethodTable { get; }

    public RuntimeTypeHandle TypeHandle => new((IntPtr)MethodTable);

    // Of the intrinsic ones the compiler knows the answer for `typeof(T)`, and drops the branch not taken.
    public bool IsValueType { [Intrinsic] get => MethodTable->IsValueType; }

    public bool IsArray => MethodTable->IsArray;

    public bool IsInterface => MethodTable->IsInterface;

    [Intrinsic]
    public static Type GetTypeFromHandle(RuntimeTypeHandle handle) => Of((MethodTable*)handle.Value);

    public override bool Equals(object? o) => ReferenceEquals(this, o);

    public bool Equals(Type? o) => this == o;

    public override int GetHashCode() => (int)MethodTable->HashCode;

    [Intrinsic]
    public static bool operator ==(Type? left, Type? right) => ReferenceEquals(left, right);

    [Intrinsic]
    public static bool operator !=(Type? left, Type? right) => !(left == right);

    internal static Type Of(MethodTable* table) => RuntimeType.Of(table);
}
