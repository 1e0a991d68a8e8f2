using System;

namespace Internal.Runtime.CompilerHelpers;

/// <summary>typeof and its kin; the names are the compiler's.</summary>
internal static unsafe class LdTokenHelpers
{
    private static RuntimeTypeHandle GetRuntimeTypeHandle(IntPtr table) => new(table);

    private static RuntimeMethodHandle GetRuntimeMethodHandle(IntPtr method) => new(method);

    private static RuntimeFieldHandle GetRuntimeFieldHandle(IntPtr field) => new(field);

    private static Type GetRuntimeType(IntPtr table) => Type.Of((MethodTable*)table);
}
