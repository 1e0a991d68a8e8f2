using System.Runtime.CompilerServices;
using Internal.Runtime;

namespace System.Runtime;

/// <summary>Boxing and unboxing: methods the compiler calls by name.</summary>
internal static unsafe class RuntimeExports
{
    internal static object? RhBox(MethodTable* type, ref byte data)
    {
        if (type->IsNullable)
        {
            if (data == 0) return null;
            data = ref Unsafe.AddByteOffset(ref data, (nuint)type->NullableValueOffset);
            type = type->GenericArgument(0, 1);
        }
        object box = HeapObjects.New(type);
        SpanHelpers.Memmove(ref box.RawData, ref data, type->ValueBytes);
        return box;
    }

    internal static ref byte RhUnbox2(MethodTable* type, object? box)
    {
        if (box is null) throw new NullReferenceException();
        if (!HoldsValueOf(box.m_pEEType, type)) throw new InvalidCastException();
        return ref box.RawData;
    }

    internal static void RhUnboxTypeTest(MethodTable* type, MethodTable* boxed)
    {
        if (!HoldsValueOf(boxed, type)) throw new InvalidCastException();
    }

    internal static void RhUnboxNullable(ref byte data, MethodTable* type, object? box)
    {
        MethodTable* inner = type->GenericArgument(0, 1);
        if (box is null)
        {
            SpanHelpers.ClearWithoutReferences(ref data, type->ValueBytes);
            return;
        }
        if (!HoldsValueOf(box.m_pEEType, inner)) throw new InvalidCastException();
        data = 1;
        SpanHelpers.Memmove(ref Unsafe.AddByteOffset(ref data, (nuint)type->NullableValueOffset), ref box.RawData,
            inner->ValueBytes);
    }

    // An enumeration may be unboxed as its underlying integer and the other way round.
    private static bool HoldsValueOf(MethodTable* boxed, MethodTable* type) =>
        boxed == type ||
        (boxed->ElementType == type->ElementType && boxed->ElementType <= ElementType.UIntPtr);
}
