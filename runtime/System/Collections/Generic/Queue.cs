using System.Diagnostics.CodeAnalysis;

namespace System.Collections.Generic;

/// <summary>First in, first out: a ring in an array.</summary>
public class Queue<T> : IReadOnlyCollection<T>
{
    private T[] _items;
    private int _head;
    private int _count;
    private int _version;

    public Queue() => _items = [];

    public Queue(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        _items = new T[capacity];
    }

    public Queue(IEnumerable<T> collection)
    {
        ArgumentNullException.ThrowIfNull(collection);
        _items = [];
        foreach (T item in collection) Enqueue(item);
    }

    public int Count => _count;

    public void Enqueue(T item)
    {
        if (_count == _items.Length) Resize(Math.Max(4, 2 * _items.Length));
        _items[At(_count)] = item;
        _count++;
        _version++;
    }

    public T Dequeue()
    {
        if (!TryDequeue(out T? result)) ThrowHelper.Empty("Queue");
        return result!;
    }

    public bool TryDequeue([MaybeNullWhen(false)] out T result)
    {
        if (_count == 0)
        {
            result = default;
            return false;
        }
        result = _items[_head];
        _items[_head] = default!;
        _head++;
        if (_head == _items.Length) _head = 0;
        _count--;
        _version++;
        return true;
    }

    public T Peek()
    {
        if (_count == 0) ThrowHelper.Empty("Queue");
        return _items[_head];
    }

    public bool TryPeek([MaybeNullWhen(false)] out T result)
    {
        result = _count == 0 ? default : _items[_head];
        return _count != 0;
    }

    public bool Contains(T item)
    {
        EqualityComparer<T> comparer = EqualityComparer<T>.Default;
        for (int i = 0; i < _count; i++)
        {
            if (comparer.Equals(_items[At(i)], item)) return true;
        }
        return false;
    }

    public void Clear()
    {
        Array.Clear(_items, 0, _items.Length);
        _head = 0;
        _count = 0;
        _version++;
    }

    public int EnsureCapacity(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        if (_items.Length < capacity) Resize(Math.Max(capacity, 2 * _items.Length));
        return _items.Length;
    }

    public T[] ToArray()
    {
        if (_count == 0) return [];
        var array = new T[_count];
        CopyTo(array, 0);
        return array;
    }

    public void CopyTo(T[] array, int arrayIndex)
    {
        ArgumentNullException.ThrowIfNull(array);
        if ((uint)arrayIndex > (uint)array.Length) ThrowHelper.ArgumentOutOfRange(nameof(arrayIndex));
        if (array.Length - arrayIndex < _count) throw new ArgumentException("Destination array is not long enough.");
        int first = Math.Min(_count, _items.Length - _head);
        Array.Copy(_items, _head, array, arrayIndex, first);
        Array.Copy(_items, 0, array, arrayIndex + first, _count - first);
    }

    public Enumerator GetEnumerator() => new(this);

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => new Enumerator(this);

    IEnumerator IEnumerable.GetEnumerator() => new Enumerator(this);

    private int At(int offset)
    {
        int index = _head + offset;
        return index >= _items.Length ? index - _items.Length : index;
    }

    private void Resize(int capacity)
    {
        var items = new T[capacity];
        CopyTo(items, 0);
        _items = items;
        _head = 0;
    }

    /// <summary>A walk from the oldest on.</summary>
    public struct Enumerator : IEnumerator<T>
    {
        private readonly Queue<T> _queue;
        private readonly int _version;
        private int _index;

        internal Enumerator(Queue<T> queue)
        {
            _queue = queue;
            _version = queue._version;
            _index = -1;
        }

        public readonly T Current
        {
            get
            {
                if ((uint)_index >= (uint)_queue._count)
                    throw new InvalidOperationException("Enumeration has not started or is over.");
                return _queue._items[_queue.At(_index)];
            }
        }

        readonly object? IEnumerator.Current => Current;

        public bool MoveNext()
        {
            if (_version != _queue._version) ThrowHelper.CollectionChanged();
            if (_index < _queue._count) _index++;
            return _index < _queue._count;
        }

        public readonly void Dispose() { }

        void IEnumerator.Reset() => _index = -1;
    }
}
