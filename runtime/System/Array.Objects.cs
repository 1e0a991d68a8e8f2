using System.Collections;
using System.Runtime.CompilerServices;

namespace System;

// Any array as a list of objects. The compiler wants the conversion for its own read-only lists.
public abstract unsafe partial class Array : IList
{
    int ICollection.Count => Length;

    bool ICollection.IsSynchronized => false;

    object ICollection.SyncRoot => this;

    bool IList.IsFixedSize => true;

    bool IList.IsReadOnly => false;

    object? IList.this[int index]
    {
        get => GetValue(index);
        set => throw new NotSupportedException();
    }

    /// <summary>The element at <paramref name="index"/>, boxed if need be.</summary>
    public object? GetValue(int index)
    {
        if ((uint)index >= (uint)Length) ThrowHelper.IndexOutOfRange();
        return RuntimeHelpers.BoxField(ElementMethodTable,
            ref Unsafe.AddByteOffset(ref RawElements, (nuint)(uint)index * ElementBytes));
    }

    public IEnumerator GetEnumerator()
    {
        for (int i = 0; i < Length; i++) yield return GetValue(i);
    }

    int IList.IndexOf(object? value)
    {
        for (int i = 0; i < Length; i++)
        {
            if (Equals(GetValue(i), value)) return i;
        }
        return -1;
    }

    bool IList.Contains(object? value) => ((IList)this).IndexOf(value) >= 0;

    void IList.Clear() => Clear(this);

    int IList.Add(object? value) => throw new NotSupportedException("Collection was of a fixed size.");

    void IList.Insert(int index, object? value) => throw new NotSupportedException("Collection was of a fixed size.");

    void IList.Remove(object? value) => throw new NotSupportedException("Collection was of a fixed size.");

    void IList.RemoveAt(int index) => throw new NotSupportedException("Collection was of a fixed size.");
}
