using Internal.Runtime;

namespace System.Runtime;

/// <summary>Casts and type tests: methods the compiler calls by name.</summary>
internal static unsafe class TypeCast
{
    internal static object? CheckCastAny(MethodTable* target, object? value)
    {
        if (value is null || Assignability.IsInstance(value.m_pEEType, target)) return value;
        throw new InvalidCastException();
    }

    internal static object? CheckCastInterface(MethodTable* target, object? value) => CheckCastAny(target, value);

    internal static object? CheckCastClass(MethodTable* target, object? value)
    {
        if (value is null || value.m_pEEType == target) return value;
        return CheckCastClassSpecial(target, value);
    }

    internal static object? CheckCastClassSpecial(MethodTable* target, object value)
    {
        if (Assignability.DerivesFrom(value.m_pEEType, target)) return value;
        throw new InvalidCastException();
    }

    internal static object? IsInstanceOfAny(MethodTable* target, object? value) =>
        value is not null && Assignability.IsInstance(value.m_pEEType, target) ? value : null;

    internal static object? IsInstanceOfInterface(MethodTable* target, object? value) =>
        value is not null && Assignability.Implements(value.m_pEEType, target) ? value : null;

    internal static object? IsInstanceOfClass(MethodTable* target, object? value) =>
        value is not null && Assignability.DerivesFrom(value.m_pEEType, target) ? value : null;

    internal static bool IsInstanceOfException(MethodTable* target, object? value) =>
        value is not null && Assignability.DerivesFrom(value.m_pEEType, target);

    /// <summary>Stores into an array of references, which may hold something narrower than its static type
    /// says.</summary>
    internal static void StelemRef(object?[] array, nint index, object? value)
    {
        if (array is null) throw new NullReferenceException();
        ref object? place = ref Element(array, index);
        if (value is not null)
        {
            MethodTable* element = array.ElementMethodTable;
            if (value.m_pEEType != element && !Assignability.IsInstance(value.m_pEEType, element))
                throw new ArrayTypeMismatchException();
        }
        place = value;
    }

    internal static ref object? LdelemaRef(object?[] array, nint index, MethodTable* elementType)
    {
        if (array is null) throw new NullReferenceException();
        if (array.ElementMethodTable != elementType) throw new ArrayTypeMismatchException();
        return ref Element(array, index);
    }

    private static ref object? Element(object?[] array, nint index)
    {
        if ((nuint)index >= (nuint)array.Length) throw new IndexOutOfRangeException();
        return ref CompilerServices.Unsafe.Add(
            ref CompilerServices.Unsafe.As<byte, object?>(ref array.RawElements), index);
    }
}
