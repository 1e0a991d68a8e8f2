using System;

namespace Bootlace.Wire;

/// <summary>A member of a "newc" cpio archive.</summary>
public readonly ref struct NewcView
{
    /// <summary>Longest name, its NUL included: Linux's PATH_MAX.</summary>
    public const int NameBytesMax = 4096;

    private NewcView(ReadOnlySpan<byte> name, uint mode, ReadOnlySpan<byte> data, int countBytes)
    {
        Name = name;
        Mode = mode;
        Data = data;
        Bytes = countBytes;
    }

    /// <summary>Reads the member at the start of <paramref name="bytes"/>, which must start at a multiple of 4 of the
    /// archive. The padding behind the last member's data may be missing.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out NewcView view, out ParseError error)
    {
        view = default;
        error = ParseError.TooShort;
        if (bytes.Length < NewcHeader.FixedBytes) return false;
        error = ParseError.BadVersion;
        if (!bytes.StartsWith("070701"u8)) return false;
        error = ParseError.BadText;
        if (!TryReadField(bytes, NewcHeader.ModeField, out uint mode)) return false;
        if (!TryReadField(bytes, NewcHeader.FileBytesField, out uint fileBytes)) return false;
        if (!TryReadField(bytes, NewcHeader.NameBytesField, out uint nameBytes)) return false;
        error = ParseError.BadName;
        if (nameBytes is 0 or > NameBytesMax) return false;
        error = ParseError.BadLength;
        int dataAt = NewcHeader.FixedBytes + (int)nameBytes;
        if (dataAt > bytes.Length) return false;
        dataAt += NewcHeader.PaddingOf((uint)dataAt);
        if (dataAt > bytes.Length || fileBytes > bytes.Length - dataAt) return false;
        ReadOnlySpan<byte> name = bytes.Slice(NewcHeader.FixedBytes, (int)nameBytes);
        error = ParseError.BadName;
        if (name.IndexOf((byte)0) != name.Length - 1) return false;
        error = ParseError.None;
        ReadOnlySpan<byte> data = bytes.Slice(dataAt, (int)fileBytes);
        int padding = Math.Min(NewcHeader.PaddingOf(fileBytes), bytes.Length - dataAt - data.Length);
        view = new NewcView(name[..^1], mode, data, dataAt + data.Length + padding);
        return true;
    }

    private static bool TryReadField(ReadOnlySpan<byte> bytes, int index, out uint value)
    {
        value = 0;
        ReadOnlySpan<byte> field = bytes.Slice(
            NewcHeader.FieldsOffset + index * NewcHeader.FieldBytes, NewcHeader.FieldBytes);
        for (int i = 0; i < field.Length; i++)
        {
            int digit = Ascii.HexValue(field[i]);
            if (digit < 0) return false;
            value = value << 4 | (uint)digit;
        }
        return true;
    }

    /// <summary>The name without its NUL.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>File type and permissions.</summary>
    public uint Mode { get; }

    /// <summary>What the file holds.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <summary>Length of the member with all padding: where the next one starts.</summary>
    public int Bytes { get; }
}
