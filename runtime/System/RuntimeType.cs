using Internal.Runtime;

namespace System;

/// <summary>The compiler asks for it by name.</summary>
internal sealed unsafe class RuntimeType : Type
{
    private readonly MethodTable* _table;

    internal RuntimeType(MethodTable* table) => _table = table;

    internal override MethodTable* MethodTable => _table;
}
