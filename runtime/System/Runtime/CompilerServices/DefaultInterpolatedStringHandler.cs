namespace System.Runtime.CompilerServices;

/// <summary>Collects the pieces of an interpolated string.</summary>
/// <remarks>There is one thread, so one scratch buffer serves nearly every interpolation: whoever needs it takes it,
/// and only an interpolation inside another one allocates its own.</remarks>
[InterpolatedStringHandler]
public ref struct DefaultInterpolatedStringHandler
{
    private const int ScratchChars = 512;
    private static char[]? s_scratch;

    private readonly IFormatProvider? _provider;
    private char[]? _taken;      // the array behind _room, if it is not the caller's
    private Span<char> _room;
    private int _length;

    /// <summary>Takes no room yet: made of zeroes, it is made in place.</summary>
    public DefaultInterpolatedStringHandler(int literalLength, int formattedCount) { }

    public DefaultInterpolatedStringHandler(int literalLength, int formattedCount, IFormatProvider? provider)
        : this(literalLength, formattedCount) => _provider = provider;

    public DefaultInterpolatedStringHandler(int literalLength, int formattedCount, IFormatProvider? provider,
        Span<char> initialBuffer)
    {
        _provider = provider;
        _room = initialBuffer;
    }

    public readonly ReadOnlySpan<char> Text => _room.Slice(0, _length);

    public override readonly string ToString() => new(Text);

    public string ToStringAndClear()
    {
        var result = new string(Text);
        Clear();
        return result;
    }

    public void Clear()
    {
        if (_taken is { Length: ScratchChars }) s_scratch = _taken;
        _taken = null;
        _room = default;
        _length = 0;
    }

    // The methods every interpolation calls stay calls: there are a thousand of them in the image.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void AppendLiteral(string value) => Append(value.AsSpan());

    public void AppendFormatted(scoped ReadOnlySpan<char> value) => Append(value);

    public void AppendFormatted(scoped ReadOnlySpan<char> value, int alignment = 0, string? format = null)
    {
        int start = _length;
        Append(value);
        Align(start, alignment);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void AppendFormatted(string? value) => Append(value.AsSpan());

    public void AppendFormatted(string? value, int alignment = 0, string? format = null) =>
        AppendFormatted(value.AsSpan(), alignment, format);

    public void AppendFormatted(object? value, int alignment = 0, string? format = null) =>
        AppendFormatted<object?>(value, alignment, format);

    public void AppendFormatted<T>(T value) => AppendFormatted(value, null);

    public void AppendFormatted<T>(T value, int alignment) => AppendFormatted(value, alignment, null);

    public void AppendFormatted<T>(T value, int alignment, string? format)
    {
        int start = _length;
        AppendFormatted(value, format);
        Align(start, alignment);
    }

    public void AppendFormatted<T>(T value, string? format)
    {
        if (value is ISpanFormattable)
        {
            int written;
            // Cast in place, not through a variable: so the compiler calls a struct's method without boxing it.
            while (!((ISpanFormattable)value).TryFormat(_room.Slice(_length), out written, format.AsSpan(), _provider))
                Grow(_room.Length + 1);
            _length += written;
            return;
        }
        string? text = value is IFormattable ? ((IFormattable)value).ToString(format, _provider) : value?.ToString();
        Append(text.AsSpan());
    }

    private void Append(scoped ReadOnlySpan<char> value)
    {
        if (value.Length > _room.Length - _length) Grow(checked(_length + value.Length));
        value.CopyTo(_room.Slice(_length));
        _length += value.Length;
    }

    // Pads what was written since `start`: in front for a positive width, behind for a negative one.
    private void Align(int start, int alignment)
    {
        bool left = alignment < 0;
        int written = _length - start;
        int padding = (left ? -alignment : alignment) - written;
        if (padding <= 0) return;
        if (padding > _room.Length - _length) Grow(checked(_length + padding));
        if (left)
        {
            _room.Slice(_length, padding).Fill(' ');
        }
        else
        {
            _room.Slice(start, written).CopyTo(_room.Slice(start + padding));
            _room.Slice(start, padding).Fill(' ');
        }
        _length += padding;
    }

    private void Take(int capacity)
    {
        if (capacity <= ScratchChars)
        {
            _taken = s_scratch ?? new char[ScratchChars];
            s_scratch = null;
        }
        else
        {
            _taken = new char[capacity];
        }
        _room = _taken;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int capacity)
    {
        if (_room.IsEmpty)
        {
            Take(capacity);
            return;
        }
        char[]? small = _taken;
        var large = new char[Math.Max(capacity, Math.Max(ScratchChars / 2, checked(2 * _room.Length)))];
        _room.Slice(0, _length).CopyTo(large);
        _taken = large;
        _room = large;
        if (small is { Length: ScratchChars }) s_scratch = small;
    }
}
