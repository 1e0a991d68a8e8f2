using Internal.Runtime;

namespace System;

/// <summary>The one type object of a type. The compiler makes those that <c>typeof</c> names, and knows that comparing
/// them is comparing references.</summary>
internal sealed unsafe class RuntimeType : Type
{
    private static Kept? s_kept;

    // The only field: the compiler, which makes most of these objects, puts the method table at offset 8.
    private readonly MethodTable* _table;

    private RuntimeType(MethodTable* table) => _table = table;

    internal override MethodTable* MethodTable => _table;

    internal static new RuntimeType Of(MethodTable* table)
    {
        nint* known = table->TypeObject;
        if (*known == 0)
        {
            var type = new RuntimeType(table);
            *known = *(nint*)&type;
            s_kept = new Kept(type, s_kept);
        }
        return *(RuntimeType*)known;
    }

    // The collector does not look into method tables.
    private sealed class Kept(RuntimeType type, Kept? before)
    {
        public readonly RuntimeType Type = type;
        public readonly Kept? Before = before;
    }
}
