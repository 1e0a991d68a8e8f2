using System.Collections;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace System;

internal partial class Array<T> : IList<T>, IReadOnlyList<T>
{
    private T[] Items => Unsafe.As<T[]>(this);

    int ICollection<T>.Count => Length;

    int IReadOnlyCollection<T>.Count => Length;

    bool ICollection<T>.IsReadOnly => true;

    T IReadOnlyList<T>.this[int index] => ((IList<T>)this)[index];

    T IList<T>.this[int index]
    {
        get
        {
            if ((uint)index >= (uint)Length) ThrowHelper.ArgumentOutOfRange(nameof(index));
            return Items[index];
        }
        set
        {
            if ((uint)index >= (uint)Length) ThrowHelper.ArgumentOutOfRange(nameof(index));
            Items[index] = value;
        }
    }

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => new Walk(Items);

    IEnumerator IEnumerable.GetEnumerator() => new Walk(Items);

    bool ICollection<T>.Contains(T item) => IndexOf(Items, item) >= 0;

    int IList<T>.IndexOf(T item) => IndexOf(Items, item);

    void ICollection<T>.CopyTo(T[] array, int arrayIndex) => Copy(this, 0, array, arrayIndex, Length);

    void ICollection<T>.Add(T item) => throw FixedSize();

    void ICollection<T>.Clear() => throw FixedSize();

    bool ICollection<T>.Remove(T item) => throw FixedSize();

    void IList<T>.Insert(int index, T item) => throw FixedSize();

    void IList<T>.RemoveAt(int index) => throw FixedSize();

    private static NotSupportedException FixedSize() => new("Collection was of a fixed size.");

    private sealed class Walk(T[] items) : IEnumerator<T>
    {
        private int _index = -1;

        public T Current
        {
            get
            {
                if ((uint)_index >= (uint)items.Length)
                    throw new InvalidOperationException("Enumeration has not started or is over.");
                return items[_index];
            }
        }

        object? IEnumerator.Current => Current;

        public bool MoveNext()
        {
            if (_index < items.Length) _index++;
            return _index < items.Length;
        }

        public void Reset() => _index = -1;

        public void Dispose() { }
    }
}
