namespace System.Collections.Generic;

/// <summary>A key with its value.</summary>
public readonly struct KeyValuePair<TKey, TValue>(TKey key, TValue value)
{
    public TKey Key { get; } = key;

    public TValue Value { get; } = value;

    public void Deconstruct(out TKey key, out TValue value)
    {
        key = Key;
        value = Value;
    }

    public override string ToString() => "[" + Key?.ToString() + ", " + Value?.ToString() + "]";
}

/// <summary>Makes pairs without spelling their types.</summary>
public static class KeyValuePair
{
    public static KeyValuePair<TKey, TValue> Create<TKey, TValue>(TKey key, TValue value) => new(key, value);
}
