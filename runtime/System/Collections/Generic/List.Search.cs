namespace System.Collections.Generic;

public partial class List<T>
{
    public int IndexOf(T item) => Array.IndexOf(_items, item, 0, _count);

    public int IndexOf(T item, int index)
    {
        if (index > _count) ThrowHelper.ArgumentOutOfRange(nameof(index));
        return Array.IndexOf(_items, item, index, _count - index);
    }

    public int LastIndexOf(T item) => _count == 0 ? -1 : Array.LastIndexOf(_items, item, _count - 1, _count);

    public bool Contains(T item) => _count != 0 && IndexOf(item) >= 0;

    public bool Exists(Predicate<T> match) => FindIndex(match) >= 0;

    public T? Find(Predicate<T> match)
    {
        int index = FindIndex(match);
        return index < 0 ? default : _items[index];
    }

    public List<T> FindAll(Predicate<T> match)
    {
        ArgumentNullException.ThrowIfNull(match);
        var found = new List<T>();
        for (int i = 0; i < _count; i++)
        {
            if (match(_items[i])) found.Add(_items[i]);
        }
        return found;
    }

    public int FindIndex(Predicate<T> match) => FindIndex(0, match);

    public int FindIndex(int startIndex, Predicate<T> match)
    {
        ArgumentNullException.ThrowIfNull(match);
        if ((uint)startIndex > (uint)_count) ThrowHelper.ArgumentOutOfRange(nameof(startIndex));
        for (int i = startIndex; i < _count; i++)
        {
            if (match(_items[i])) return i;
        }
        return -1;
    }

    public int FindLastIndex(Predicate<T> match)
    {
        ArgumentNullException.ThrowIfNull(match);
        for (int i = _count - 1; i >= 0; i--)
        {
            if (match(_items[i])) return i;
        }
        return -1;
    }

    public T? FindLast(Predicate<T> match)
    {
        int index = FindLastIndex(match);
        return index < 0 ? default : _items[index];
    }

    public bool TrueForAll(Predicate<T> match)
    {
        ArgumentNullException.ThrowIfNull(match);
        for (int i = 0; i < _count; i++)
        {
            if (!match(_items[i])) return false;
        }
        return true;
    }

    public void ForEach(Action<T> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        int version = _version;
        for (int i = 0; i < _count; i++)
        {
            action(_items[i]);
            if (version != _version) ThrowHelper.CollectionChanged();
        }
    }

    public void Reverse()
    {
        AsSpan().Reverse();
        _version++;
    }

    public void Sort() => Sort((IComparer<T>?)null);

    public void Sort(IComparer<T>? comparer)
    {
        if (_count > 1) Sorting.Sort(AsSpan(), comparer ?? Comparer<T>.Default);
        _version++;
    }

    public void Sort(Comparison<T> comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        Sort(Comparer<T>.Create(comparison));
    }

    public int BinarySearch(T item) => BinarySearch(item, null);

    public int BinarySearch(T item, IComparer<T>? comparer) => Array.BinarySearch(_items, 0, _count, item, comparer);
}
