using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace System.Collections.Generic;

/// <summary>Values found by key: chains through one array of entries, walked in the order of insertion.</summary>
public partial class Dictionary<TKey, TValue> : IDictionary<TKey, TValue>, IReadOnlyDictionary<TKey, TValue>
    where TKey : notnull
{
    private const int None = -1;
    private readonly IEqualityComparer<TKey> _comparer;
    private int[] _buckets = [];    // a power of two of them; index of the first entry plus one
    private Entry[] _entries = [];
    private int _used;              // entries handed out so far, free ones included
    private int _free = None;       // first of the freed entries, chained by Next
    private int _freeCount;
    private int _version;

    public Dictionary() : this(0, null) { }

    public Dictionary(int capacity) : this(capacity, null) { }

    public Dictionary(IEqualityComparer<TKey>? comparer) : this(0, comparer) { }

    public Dictionary(int capacity, IEqualityComparer<TKey>? comparer)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        _comparer = comparer ?? EqualityComparer<TKey>.Default;
        if (capacity > 0) Resize(capacity);
    }

    public Dictionary(IDictionary<TKey, TValue> dictionary, IEqualityComparer<TKey>? comparer = null)
        : this(0, comparer)
    {
        ArgumentNullException.ThrowIfNull(dictionary);
        foreach (KeyValuePair<TKey, TValue> pair in dictionary) Add(pair.Key, pair.Value);
    }

    public Dictionary(IEnumerable<KeyValuePair<TKey, TValue>> collection, IEqualityComparer<TKey>? comparer = null)
        : this(0, comparer)
    {
        ArgumentNullException.ThrowIfNull(collection);
        foreach (KeyValuePair<TKey, TValue> pair in collection) Add(pair.Key, pair.Value);
    }

    public IEqualityComparer<TKey> Comparer => _comparer;

    public int Count => _used - _freeCount;

    public int Capacity => _entries.Length;

    public KeyCollection Keys => new(this);

    public ValueCollection Values => new(this);

    public TValue this[TKey key]
    {
        get
        {
            int index = Find(key);
            if (index < 0) throw new KeyNotFoundException("The given key '" + key.ToString()
                + "' was not present in the dictionary.");
            return _entries[index].Value;
        }
        set
        {
            FindOrAdd(key, out _) = value;
            _version++;
        }
    }

    public void Add(TKey key, TValue value)
    {
        if (!TryAdd(key, value)) throw new ArgumentException("An item with the same key has already been added. Key: "
            + key.ToString());
    }

    public bool TryAdd(TKey key, TValue value)
    {
        ref TValue? slot = ref FindOrAdd(key, out bool exists);
        if (exists) return false;
        slot = value;
        return true;
    }

    public bool ContainsKey(TKey key) => Find(key) >= 0;

    public bool ContainsValue(TValue value)
    {
        EqualityComparer<TValue> comparer = EqualityComparer<TValue>.Default;
        for (int i = 0; i < _used; i++)
        {
            if (_entries[i].IsUsed && comparer.Equals(_entries[i].Value, value)) return true;
        }
        return false;
    }

    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        int index = Find(key);
        if (index < 0)
        {
            value = default;
            return false;
        }
        value = _entries[index].Value;
        return true;
    }

    public bool Remove(TKey key) => Remove(key, out _);

    public bool Remove(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        ArgumentNullException.ThrowIfNull(key);
        value = default;
        if (_buckets.Length == 0) return false;
        uint hash = (uint)_comparer.GetHashCode(key);
        ref int bucket = ref Bucket(hash);
        int before = None;
        for (int i = bucket - 1; i >= 0; i = _entries[i].Next)
        {
            ref Entry entry = ref _entries[i];
            if (entry.Hash == hash && _comparer.Equals(entry.Key, key))
            {
                if (before < 0) bucket = entry.Next + 1;
                else _entries[before].Next = entry.Next;
                value = entry.Value;
                Release(ref entry, i);
                return true;
            }
            before = i;
        }
        return false;
    }

    public void Clear()
    {
        if (_used == 0) return;
        Array.Clear(_buckets, 0, _buckets.Length);
        Array.Clear(_entries, 0, _used);
        _used = 0;
        _free = None;
        _freeCount = 0;
        _version++;
    }

    public int EnsureCapacity(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        if (_entries.Length < capacity) Resize(capacity);
        return _entries.Length;
    }

    public Enumerator GetEnumerator() => new(this);

    IEnumerator<KeyValuePair<TKey, TValue>> IEnumerable<KeyValuePair<TKey, TValue>>.GetEnumerator() =>
        new Enumerator(this);

    IEnumerator IEnumerable.GetEnumerator() => new Enumerator(this);

    /// <summary>The value's place, made if need be.</summary>
    internal ref TValue? FindOrAdd(TKey key, out bool exists)
    {
        ArgumentNullException.ThrowIfNull(key);
        uint hash = (uint)_comparer.GetHashCode(key);
        int index = Find(key, hash);
        exists = index >= 0;
        if (!exists) index = Append(key, hash);
        return ref _entries[index].Value!;
    }

    private int Find(TKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _buckets.Length == 0 ? None : Find(key, (uint)_comparer.GetHashCode(key));
    }

    private int Find(TKey key, uint hash)
    {
        if (_buckets.Length == 0) return None;
        Entry[] entries = _entries;
        for (int i = Bucket(hash) - 1; (uint)i < (uint)entries.Length; i = entries[i].Next)
        {
            if (entries[i].Hash == hash && _comparer.Equals(entries[i].Key, key)) return i;
        }
        return None;
    }

    private int Append(TKey key, uint hash)
    {
        int index;
        if (_freeCount > 0)
        {
            index = _free;
            _free = _entries[index].Next;
            _freeCount--;
        }
        else
        {
            if (_used == _entries.Length) Resize(Math.Max(4, checked(2 * _used)));
            index = _used++;
        }
        ref int bucket = ref Bucket(hash);
        _entries[index] = new Entry { Hash = hash, Next = bucket - 1, IsUsed = true, Key = key };
        bucket = index + 1;
        _version++;
        return index;
    }

    private void Release(ref Entry entry, int index)
    {
        entry = new Entry { Next = _free };
        _free = index;
        _freeCount++;
    }

    private void Resize(int capacity)
    {
        Array.Resize(ref _entries, (int)Numerics.BitOperations.RoundUpToPowerOf2((uint)capacity));
        _buckets = new int[_entries.Length];
        for (int i = 0; i < _used; i++)
        {
            ref Entry entry = ref _entries[i];
            if (!entry.IsUsed) continue;
            ref int bucket = ref Bucket(entry.Hash);
            entry.Next = bucket - 1;
            bucket = i + 1;
        }
    }

    // Fibonacci hashing: many hash codes here are small integers or addresses, whose low bits say little.
    private ref int Bucket(uint hash) => ref _buckets[(int)((hash * 0x9e3779b1u) >> 16) & (_buckets.Length - 1)];

    private struct Entry
    {
        public uint Hash;
        public int Next;
        public bool IsUsed;
        public TKey Key;
        public TValue Value;
    }
}
