using System.Diagnostics.CodeAnalysis;

namespace System.Collections.Generic;

/// <summary>Last in, first out.</summary>
public class Stack<T> : IReadOnlyCollection<T>
{
    private T[] _items;
    private int _count;
    private int _version;

    public Stack() => _items = [];

    public Stack(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        _items = new T[capacity];
    }

    public Stack(IEnumerable<T> collection)
    {
        ArgumentNullException.ThrowIfNull(collection);
        _items = [];
        foreach (T item in collection) Push(item);
    }

    public int Count => _count;

    public void Push(T item)
    {
        if (_count == _items.Length) Array.Resize(ref _items, Math.Max(4, 2 * _count));
        _items[_count++] = item;
        _version++;
    }

    public T Pop()
    {
        if (!TryPop(out T? result)) ThrowHelper.Empty("Stack");
        return result!;
    }

    public bool TryPop([MaybeNullWhen(false)] out T result)
    {
        if (_count == 0)
        {
            result = default;
            return false;
        }
        result = _items[--_count];
        _items[_count] = default!;
        _version++;
        return true;
    }

    public T Peek()
    {
        if (_count == 0) ThrowHelper.Empty("Stack");
        return _items[_count - 1];
    }

    public bool TryPeek([MaybeNullWhen(false)] out T result)
    {
        result = _count == 0 ? default : _items[_count - 1];
        return _count != 0;
    }

    public bool Contains(T item) => _count != 0 && Array.IndexOf(_items, item, 0, _count) >= 0;

    public void Clear()
    {
        Array.Clear(_items, 0, _count);
        _count = 0;
        _version++;
    }

    public T[] ToArray()
    {
        T[] array = new ReadOnlySpan<T>(_items, 0, _count).ToArray();
        Array.Reverse(array);
        return array;
    }

    public Enumerator GetEnumerator() => new(this);

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => new Enumerator(this);

    IEnumerator IEnumerable.GetEnumerator() => new Enumerator(this);

    /// <summary>A walk from the newest on.</summary>
    public struct Enumerator : IEnumerator<T>
    {
        private readonly Stack<T> _stack;
        private readonly int _version;
        private int _index;

        internal Enumerator(Stack<T> stack)
        {
            _stack = stack;
            _version = stack._version;
            _index = stack._count;
        }

        public readonly T Current
        {
            get
            {
                if ((uint)_index >= (uint)_stack._count)
                    throw new InvalidOperationException("Enumeration has not started or is over.");
                return _stack._items[_index];
            }
        }

        readonly object? IEnumerator.Current => Current;

        public bool MoveNext()
        {
            if (_version != _stack._version) ThrowHelper.CollectionChanged();
            if (_index >= 0) _index--;
            return _index >= 0;
        }

        public readonly void Dispose() { }

        void IEnumerator.Reset() => _index = _stack._count;
    }
}
