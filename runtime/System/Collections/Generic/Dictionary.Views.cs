using System.Diagnostics.CodeAnalysis;

namespace System.Collections.Generic;

public partial class Dictionary<TKey, TValue>
{
    bool ICollection<KeyValuePair<TKey, TValue>>.IsReadOnly => false;

    ICollection<TKey> IDictionary<TKey, TValue>.Keys => Keys;

    ICollection<TValue> IDictionary<TKey, TValue>.Values => Values;

    IEnumerable<TKey> IReadOnlyDictionary<TKey, TValue>.Keys => Keys;

    IEnumerable<TValue> IReadOnlyDictionary<TKey, TValue>.Values => Values;

    void ICollection<KeyValuePair<TKey, TValue>>.Add(KeyValuePair<TKey, TValue> item) => Add(item.Key, item.Value);

    bool ICollection<KeyValuePair<TKey, TValue>>.Contains(KeyValuePair<TKey, TValue> item) =>
        TryGetValue(item.Key, out TValue? value) && EqualityComparer<TValue>.Default.Equals(value, item.Value);

    bool ICollection<KeyValuePair<TKey, TValue>>.Remove(KeyValuePair<TKey, TValue> item) =>
        ((ICollection<KeyValuePair<TKey, TValue>>)this).Contains(item) && Remove(item.Key);

    void ICollection<KeyValuePair<TKey, TValue>>.CopyTo(KeyValuePair<TKey, TValue>[] array, int arrayIndex)
    {
        CheckTarget(array, arrayIndex);
        foreach (KeyValuePair<TKey, TValue> pair in this) array[arrayIndex++] = pair;
    }

    // Index of the next entry in use at or after `index`, or the end.
    private int Skip(int index)
    {
        while (index < _used && !_entries[index].IsUsed) index++;
        return index;
    }

    private void CheckTarget(Array array, int arrayIndex)
    {
        ArgumentNullException.ThrowIfNull(array);
        if ((uint)arrayIndex > (uint)array.Length) ThrowHelper.ArgumentOutOfRange(nameof(arrayIndex));
        if (array.Length - arrayIndex < Count) throw new ArgumentException("Destination array is not long enough.");
    }

    /// <summary>A walk over the pairs; removing while walking is allowed, adding is not.</summary>
    public struct Enumerator : IEnumerator<KeyValuePair<TKey, TValue>>
    {
        private readonly Dictionary<TKey, TValue> _dictionary;
        private readonly int _version;
        private int _next;
        private KeyValuePair<TKey, TValue> _current;

        internal Enumerator(Dictionary<TKey, TValue> dictionary)
        {
            _dictionary = dictionary;
            _version = dictionary._version;
        }

        public readonly KeyValuePair<TKey, TValue> Current => _current;

        readonly object? IEnumerator.Current => _current;

        public bool MoveNext()
        {
            if (_version != _dictionary._version) ThrowHelper.CollectionChanged();
            int index = _dictionary.Skip(_next);
            if (index >= _dictionary._used)
            {
                _next = index;
                _current = default;
                return false;
            }
            ref Entry entry = ref _dictionary._entries[index];
            _current = new KeyValuePair<TKey, TValue>(entry.Key, entry.Value);
            _next = index + 1;
            return true;
        }

        public readonly void Dispose() { }

        void IEnumerator.Reset()
        {
            _next = 0;
            _current = default;
        }
    }

    /// <summary>The keys, in the dictionary's order.</summary>
    public sealed class KeyCollection : ICollection<TKey>, IReadOnlyCollection<TKey>
    {
        private readonly Dictionary<TKey, TValue> _dictionary;

        public KeyCollection(Dictionary<TKey, TValue> dictionary)
        {
            ArgumentNullException.ThrowIfNull(dictionary);
            _dictionary = dictionary;
        }

        public int Count => _dictionary.Count;

        bool ICollection<TKey>.IsReadOnly => true;

        public bool Contains(TKey item) => _dictionary.ContainsKey(item);

        public void CopyTo(TKey[] array, int index)
        {
            _dictionary.CheckTarget(array, index);
            foreach (TKey key in this) array[index++] = key;
        }

        public Enumerator GetEnumerator() => new(_dictionary);

        IEnumerator<TKey> IEnumerable<TKey>.GetEnumerator() => new Enumerator(_dictionary);

        IEnumerator IEnumerable.GetEnumerator() => new Enumerator(_dictionary);

        void ICollection<TKey>.Add(TKey item) => throw new NotSupportedException();

        void ICollection<TKey>.Clear() => throw new NotSupportedException();

        bool ICollection<TKey>.Remove(TKey item) => throw new NotSupportedException();

        /// <summary>A walk over the keys.</summary>
        public struct Enumerator : IEnumerator<TKey>
        {
            private Dictionary<TKey, TValue>.Enumerator _pairs;

            internal Enumerator(Dictionary<TKey, TValue> dictionary) => _pairs = dictionary.GetEnumerator();

            public readonly TKey Current => _pairs.Current.Key;

            readonly object? IEnumerator.Current => Current;

            public bool MoveNext() => _pairs.MoveNext();

            public readonly void Dispose() { }

            void IEnumerator.Reset() => throw new NotSupportedException();
        }
    }

    /// <summary>The values, in the dictionary's order.</summary>
    public sealed class ValueCollection : ICollection<TValue>, IReadOnlyCollection<TValue>
    {
        private readonly Dictionary<TKey, TValue> _dictionary;

        public ValueCollection(Dictionary<TKey, TValue> dictionary)
        {
            ArgumentNullException.ThrowIfNull(dictionary);
            _dictionary = dictionary;
        }

        public int Count => _dictionary.Count;

        bool ICollection<TValue>.IsReadOnly => true;

        bool ICollection<TValue>.Contains(TValue item) => _dictionary.ContainsValue(item);

        public void CopyTo(TValue[] array, int index)
        {
            _dictionary.CheckTarget(array, index);
            foreach (TValue value in this) array[index++] = value;
        }

        public Enumerator GetEnumerator() => new(_dictionary);

        IEnumerator<TValue> IEnumerable<TValue>.GetEnumerator() => new Enumerator(_dictionary);

        IEnumerator IEnumerable.GetEnumerator() => new Enumerator(_dictionary);

        void ICollection<TValue>.Add(TValue item) => throw new NotSupportedException();

        void ICollection<TValue>.Clear() => throw new NotSupportedException();

        bool ICollection<TValue>.Remove(TValue item) => throw new NotSupportedException();

        /// <summary>A walk over the values.</summary>
        public struct Enumerator : IEnumerator<TValue>
        {
            private Dictionary<TKey, TValue>.Enumerator _pairs;

            internal Enumerator(Dictionary<TKey, TValue> dictionary) => _pairs = dictionary.GetEnumerator();

            public readonly TValue Current => _pairs.Current.Value;

            readonly object? IEnumerator.Current => Current;

            public bool MoveNext() => _pairs.MoveNext();

            public readonly void Dispose() { }

            void IEnumerator.Reset() => throw new NotSupportedException();
        }
    }
}
