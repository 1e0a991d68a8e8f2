using System.Runtime.CompilerServices;
using Internal.Runtime;

namespace System;

public abstract unsafe class ValueType
{
    private const int FieldCount = -1;
    private const int NoFieldList = -1;

    /// <summary>The compiler overrides this in structs that cannot be compared byte by byte: the number of fields for
    /// <see cref="FieldCount"/>, else the offset and the type of a field.</summary>
    internal virtual int __GetFieldHelper(int index, out MethodTable* mt)
    {
        mt = null;
        return NoFieldList;
    }

    public override bool Equals(object? obj)
    {
        if (obj is null || obj.m_pEEType != m_pEEType) return false;
        ref byte mine = ref RawData;
        ref byte other = ref obj.RawData;
        int count = __GetFieldHelper(FieldCount, out _);
        if (count == NoFieldList) return SpanHelpers.SequenceEqual(ref mine, ref other, m_pEEType->ValueBytes);
        for (int i = 0; i < count; i++)
        {
            int offset = __GetFieldHelper(i, out MethodTable* type);
            object? left = RuntimeHelpers.BoxField(type, ref Unsafe.Add(ref mine, offset));
            object? right = RuntimeHelpers.BoxField(type, ref Unsafe.Add(ref other, offset));
            if (!Equals(left, right)) return false;
        }
        return true;
    }

    public override int GetHashCode()
    {
        int count = __GetFieldHelper(FieldCount, out _);
        int hash = (int)m_pEEType->HashCode;
        if (count == NoFieldList)
        {
            for (nuint i = 0; i < m_pEEType->ValueBytes; i++)
                hash = hash * 31 + Unsafe.AddByteOffset(ref RawData, i);
            return hash;
        }
        for (int i = 0; i < count; i++)
        {
            int offset = __GetFieldHelper(i, out MethodTable* type);
            object? field = RuntimeHelpers.BoxField(type, ref Unsafe.Add(ref RawData, offset));
            if (field is not null) hash = hash * 31 + field.GetHashCode();
        }
        return hash;
    }

    public override string? ToString() => "System.ValueType";
}
