using System.Diagnostics.CodeAnalysis;

namespace System.Collections.Generic;

/// <summary>Elements that occur once, walked in the order of insertion.</summary>
public class HashSet<T> : ISet<T>, IReadOnlyCollection<T>
{
    // .NET's set takes null; the wrapped dictionary does not, so every element is boxed into a Slot.
    private readonly Dictionary<Slot, bool> _slots;
    private readonly IEqualityComparer<T> _comparer;

    public HashSet() : this((IEqualityComparer<T>?)null) { }

    public HashSet(int capacity) : this(capacity, null) { }

    public HashSet(IEqualityComparer<T>? comparer) : this(0, comparer) { }

    public HashSet(int capacity, IEqualityComparer<T>? comparer)
    {
        _comparer = comparer ?? EqualityComparer<T>.Default;
        _slots = new Dictionary<Slot, bool>(capacity, new SlotComparer(_comparer));
    }

    public HashSet(IEnumerable<T> collection, IEqualityComparer<T>? comparer = null) : this(0, comparer) =>
        UnionWith(collection);

    public IEqualityComparer<T> Comparer => _comparer;

    public int Count => _slots.Count;

    bool ICollection<T>.IsReadOnly => false;

    public bool Add(T item) => _slots.TryAdd(new Slot(item), true);

    void ICollection<T>.Add(T item) => Add(item);

    public bool Remove(T item) => _slots.Remove(new Slot(item));

    public bool Contains(T item) => _slots.ContainsKey(new Slot(item));

    public bool TryGetValue(T equalValue, [MaybeNullWhen(false)] out T actualValue)
    {
        foreach (T item in this)
        {
            if (!_comparer.Equals(item, equalValue)) continue;
            actualValue = item;
            return true;
        }
        actualValue = default;
        return false;
    }

    public void Clear() => _slots.Clear();

    public void UnionWith(IEnumerable<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (T item in other) Add(item);
    }

    public void IntersectWith(IEnumerable<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var kept = new HashSet<T>(other, _comparer);
        RemoveWhere(item => !kept.Contains(item));
    }

    public void ExceptWith(IEnumerable<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (ReferenceEquals(other, this))
        {
            Clear();
            return;
        }
        foreach (T item in other) Remove(item);
    }

    public bool SetEquals(IEnumerable<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var set = new HashSet<T>(other, _comparer);
        return set.Count == Count && IsSubsetOf(set);
    }

    public bool IsSubsetOf(IEnumerable<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var set = new HashSet<T>(other, _comparer);
        foreach (T item in this)
        {
            if (!set.Contains(item)) return false;
        }
        return true;
    }

    public bool IsSupersetOf(IEnumerable<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (T item in other)
        {
            if (!Contains(item)) return false;
        }
        return true;
    }

    public bool Overlaps(IEnumerable<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (T item in other)
        {
            if (Contains(item)) return true;
        }
        return false;
    }

    public int RemoveWhere(Predicate<T> match)
    {
        ArgumentNullException.ThrowIfNull(match);
        int removed = 0;
        foreach (T item in this)
        {
            if (match(item) && Remove(item)) removed++;
        }
        return removed;
    }

    public void CopyTo(T[] array) => CopyTo(array, 0);

    public void CopyTo(T[] array, int arrayIndex)
    {
        ArgumentNullException.ThrowIfNull(array);
        if ((uint)arrayIndex > (uint)array.Length) ThrowHelper.ArgumentOutOfRange(nameof(arrayIndex));
        if (array.Length - arrayIndex < Count) throw new ArgumentException("Destination array is not long enough.");
        foreach (T item in this) array[arrayIndex++] = item;
    }

    public Enumerator GetEnumerator() => new(_slots.GetEnumerator());

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A walk; removing while walking is allowed, adding is not.</summary>
    public struct Enumerator : IEnumerator<T>
    {
        private Dictionary<Slot, bool>.Enumerator _slots;

        internal Enumerator(Dictionary<Slot, bool>.Enumerator slots) => _slots = slots;

        public readonly T Current => _slots.Current.Key.Item;

        readonly object? IEnumerator.Current => Current;

        public bool MoveNext() => _slots.MoveNext();

        public readonly void Dispose() { }

        void IEnumerator.Reset() => throw new NotSupportedException();
    }

    internal readonly struct Slot(T item)
    {
        public readonly T Item = item;
    }

    private sealed class SlotComparer(IEqualityComparer<T> comparer) : IEqualityComparer<Slot>
    {
        public bool Equals(Slot x, Slot y) => comparer.Equals(x.Item, y.Item);

        public int GetHashCode(Slot slot) => slot.Item is null ? 0 : comparer.GetHashCode(slot.Item);
    }
}
