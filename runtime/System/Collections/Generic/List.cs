using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace System.Collections.Generic;

/// <summary>An array that grows.</summary>
public partial class List<T> : IList<T>, IReadOnlyList<T>
{
    private const int CapacityFirst = 4;
    private T[] _items;
    private int _count;
    private int _version;   // counts changes, so that a walk notices them

    public List() => _items = [];

    public List(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        _items = capacity == 0 ? [] : new T[capacity];
    }

    public List(IEnumerable<T> collection)
    {
        ArgumentNullException.ThrowIfNull(collection);
        _items = [];
        AddRange(collection);
        _version = 0;
    }

    public int Count => _count;

    public bool IsReadOnly => false;

    public int Capacity
    {
        get => _items.Length;
        set
        {
            if (value < _count) ThrowHelper.ArgumentOutOfRange(nameof(value));
            if (value != _items.Length) Array.Resize(ref _items, value);
        }
    }

    public T this[int index]
    {
        get
        {
            if ((uint)index >= (uint)_count) ThrowHelper.ArgumentOutOfRange(nameof(index));
            return _items[index];
        }
        set
        {
            if ((uint)index >= (uint)_count) ThrowHelper.ArgumentOutOfRange(nameof(index));
            _items[index] = value;
            _version++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(T item)
    {
        _version++;
        T[] items = _items;
        int count = _count;
        if ((uint)count < (uint)items.Length)
        {
            _count = count + 1;
            items[count] = item;
            return;
        }
        AddGrowing(item);
    }

    public void AddRange(IEnumerable<T> collection)
    {
        ArgumentNullException.ThrowIfNull(collection);
        if (collection is ICollection<T> counted)
        {
            int added = counted.Count;
            if (added == 0) return;
            EnsureCapacity(_count + added);
            counted.CopyTo(_items, _count);
            _count += added;
            _version++;
            return;
        }
        foreach (T item in collection) Add(item);
    }

    /// <summary>What CollectionExtensions.AddRange does on .NET.</summary>
    internal void AddSpan(ReadOnlySpan<T> source)
    {
        if (source.IsEmpty) return;
        EnsureCapacity(_count + source.Length);
        source.CopyTo(_items.AsSpan(_count));
        _count += source.Length;
        _version++;
    }

    public void Insert(int index, T item)
    {
        if ((uint)index > (uint)_count) ThrowHelper.ArgumentOutOfRange(nameof(index));
        if (_count == _items.Length) Grow(_count + 1);
        if (index < _count) Array.Copy(_items, index, _items, index + 1, _count - index);
        _items[index] = item;
        _count++;
        _version++;
    }

    public void InsertRange(int index, IEnumerable<T> collection)
    {
        ArgumentNullException.ThrowIfNull(collection);
        if ((uint)index > (uint)_count) ThrowHelper.ArgumentOutOfRange(nameof(index));
        T[] added = new List<T>(collection).ToArray();
        if (added.Length == 0) return;
        EnsureCapacity(_count + added.Length);
        Array.Copy(_items, index, _items, index + added.Length, _count - index);
        added.CopyTo(_items, index);
        _count += added.Length;
        _version++;
    }

    public void RemoveAt(int index)
    {
        if ((uint)index >= (uint)_count) ThrowHelper.ArgumentOutOfRange(nameof(index));
        _count--;
        if (index < _count) Array.Copy(_items, index + 1, _items, index, _count - index);
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>()) _items[_count] = default!;
        _version++;
    }

    public bool Remove(T item)
    {
        int index = IndexOf(item);
        if (index < 0) return false;
        RemoveAt(index);
        return true;
    }

    public void RemoveRange(int index, int count)
    {
        CheckRange(index, count);
        if (count == 0) return;
        _count -= count;
        if (index < _count) Array.Copy(_items, index + count, _items, index, _count - index);
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>()) Array.Clear(_items, _count, count);
        _version++;
    }

    public int RemoveAll(Predicate<T> match)
    {
        ArgumentNullException.ThrowIfNull(match);
        int kept = 0;
        for (int i = 0; i < _count; i++)
        {
            T item = _items[i];
            if (!match(item)) _items[kept++] = item;
        }
        int removed = _count - kept;
        if (removed == 0) return 0;
        Array.Clear(_items, kept, removed);
        _count = kept;
        _version++;
        return removed;
    }

    public void Clear()
    {
        _version++;
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>()) Array.Clear(_items, 0, _count);
        _count = 0;
    }

    public int EnsureCapacity(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        if (_items.Length < capacity) Grow(capacity);
        return _items.Length;
    }

    public void TrimExcess()
    {
        if (_count < (int)(_items.Length * 0.9)) Capacity = _count;
    }

    public T[] ToArray() => new ReadOnlySpan<T>(_items, 0, _count).ToArray();

    public List<T> GetRange(int index, int count)
    {
        CheckRange(index, count);
        var part = new List<T>(count);
        part.AddSpan(new ReadOnlySpan<T>(_items, index, count));
        return part;
    }

    public List<T> Slice(int start, int length) => GetRange(start, length);

    public void CopyTo(T[] array) => CopyTo(array, 0);

    public void CopyTo(T[] array, int arrayIndex) => Array.Copy(_items, 0, array, arrayIndex, _count);

    public void CopyTo(int index, T[] array, int arrayIndex, int count)
    {
        if (_count - index < count) throw new ArgumentException("Offset and length were out of bounds for the list.");
        Array.Copy(_items, index, array, arrayIndex, count);
    }

    public ObjectModel.ReadOnlyCollection<T> AsReadOnly() => new ObjectModel.ReadOnlyCollection<T>(this);

    public Enumerator GetEnumerator() => new(this);

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => new Enumerator(this);

    IEnumerator IEnumerable.GetEnumerator() => new Enumerator(this);

    internal Span<T> AsSpan() => new(_items, 0, _count);

    internal void SetCount(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count > _items.Length) Grow(count);
        else if (count < _count) Array.Clear(_items, count, _count - count);
        _count = count;
        _version++;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddGrowing(T item)
    {
        Grow(_count + 1);
        _items[_count++] = item;
    }

    private void Grow(int capacity)
    {
        int wanted = _items.Length == 0 ? CapacityFirst : 2 * _items.Length;
        if ((uint)wanted > (uint)Array.MaxLength) wanted = Array.MaxLength;
        Array.Resize(ref _items, Math.Max(wanted, capacity));
    }

    private void CheckRange(int index, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (_count - index < count) throw new ArgumentException("Offset and length were out of bounds for the list.");
    }

    /// <summary>A walk that fails when the list changes under it.</summary>
    public struct Enumerator : IEnumerator<T>
    {
        private readonly List<T> _list;
        private readonly int _version;
        private int _next;
        private T? _current;

        internal Enumerator(List<T> list)
        {
            _list = list;
            _version = list._version;
        }

        public readonly T Current => _current!;

        readonly object? IEnumerator.Current
        {
            get
            {
                if (_next == 0
                    || _next > _list._count)
                    throw new InvalidOperationException("Enumeration has not started or is over.");
                return _current;
            }
        }

        public bool MoveNext()
        {
            if (_version != _list._version) ThrowHelper.CollectionChanged();
            if ((uint)_next < (uint)_list._count)
            {
                _current = _list._items[_next++];
                return true;
            }
            _next = _list._count + 1;
            _current = default;
            return false;
        }

        public readonly void Dispose() { }

        void IEnumerator.Reset()
        {
            if (_version != _list._version) ThrowHelper.CollectionChanged();
            _next = 0;
            _current = default;
        }
    }
}
