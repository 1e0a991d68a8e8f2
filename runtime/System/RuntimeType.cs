using Internal.Runtime;

namespace System;

/// <summary>The one type object of a type. The compiler makes those that <c>typeof</c> names, and knows that comparing them
/// is comparing references.</summary>
internal sealed unsafe class RuntimeType : Type
{
    private static RuntimeType? s_last;

    private readonly MethodTable* _table;   // first: the compiler fills it in
    private readonly RuntimeType? _before;

    private RuntimeType(MethodTable* table)
    {
        _table = table;
        _before = s_last;
        s_last = this;   // the collector does not look into method tables
    }

    internal override MethodTable* MethodTable => _table;

    internal static new RuntimeType Of(MethodTable* table)
    {
        nint* known = table->TypeObject;
        if (*known == 0)
        {
            var type = new RuntimeType(table);
            *known = *(nint*)&type;
        }
        return *(RuntimeType*)known;
    }
}
