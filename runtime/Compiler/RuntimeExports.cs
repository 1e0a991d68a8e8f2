using Internal.Runtime;

namespace System.Runtime;

/// <summary>Boxing: methods the compiler calls by name.</summary>
internal static unsafe class RuntimeExports
{
    internal static object? RhBox(MethodTable* type, ref byte data) => null;
}
