using Internal.Runtime;

namespace System.Runtime.CompilerServices;

public static unsafe partial class RuntimeHelpers
{
    /// <summary>Objects never move, so the address serves.</summary>
    public static int GetHashCode(object? o)
    {
        if (o is null) return 0;
        nuint address = (nuint)Unsafe.AsPointer(ref o.RawData);
        return (int)((uint)(address >> 4) * 0x9e3779b1u);
    }

    public static new bool Equals(object? o1, object? o2) => object.Equals(o1, o2);

    [Intrinsic]
    public static bool IsReferenceOrContainsReferences<T>()
    {
        MethodTable* type = MethodTable.Of<T>();
        return !type->IsValueType || type->HasReferences;
    }

    [Intrinsic]
    public static void InitializeArray(Array array, RuntimeFieldHandle fldHandle) =>
        throw new PlatformNotSupportedException();

    [Intrinsic]
    public static ReadOnlySpan<T> CreateSpan<T>(RuntimeFieldHandle fldHandle) =>
        throw new PlatformNotSupportedException();

    public static T[] GetSubArray<T>(T[] array, Range range)
    {
        (int offset, int length) = range.GetOffsetAndLength(array.Length);
        var result = new T[length];
        for (int i = 0; i < length; i++) result[i] = array[offset + i];
        return result;
    }

    /// <summary>Throws if fewer than 64 KiB of the stack are left.</summary>
    public static void EnsureSufficientExecutionStack() => Internal.Runtime.OwnStack.EnsureSufficient();

    internal static object? BoxField(MethodTable* type, ref byte field) =>
        type->IsValueType ? System.Runtime.RuntimeExports.RhBox(type, ref field) : Unsafe.As<byte, object>(ref field);
}
