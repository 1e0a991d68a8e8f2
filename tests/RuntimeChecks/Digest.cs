using System;

namespace Bootlace.RuntimeChecks;

/// <summary>FNV-1a, 64 bits, over everything added.</summary>
internal sealed class Digest
{
    public ulong Value { get; private set; } = 0xcbf29ce484222325;

    public void Add(byte value) => Value = (Value ^ value) * 0x100000001b3;

    public void Add(bool value) => Add((byte)(value ? 1 : 0));

    public void Add(long value)
    {
        for (int i = 0; i < 8; i++) Add((byte)(value >> 8 * i));
    }

    public void Add(ulong value) => Add((long)value);

    public void Add(int value) => Add((long)value);

    /// <summary>The sign only: by how much two things differ is nobody's promise.</summary>
    public void AddOrder(int order) => Add(order < 0 ? -1 : order > 0 ? 1 : 0);

    public void Add(ReadOnlySpan<byte> bytes)
    {
        Add(bytes.Length);
        foreach (byte value in bytes) Add(value);
    }

    public void Add(string? text)
    {
        Add(text?.Length ?? -1);
        if (text is null) return;
        foreach (char c in text)
        {
            Add((byte)c);
            Add((byte)(c >> 8));
        }
    }

    public void Add(string[] parts)
    {
        Add(parts.Length);
        foreach (string part in parts) Add(part);
    }
}
