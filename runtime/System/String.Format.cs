using System.Text;

namespace System;

// The compiler itself calls these where an interpolated string contains an await.
public sealed partial class String
{
    public static string Format(string format, object? arg0) => Formatted(format, [arg0]);

    public static string Format(string format, object? arg0, object? arg1) => Formatted(format, [arg0, arg1]);

    public static string Format(string format, object? arg0, object? arg1, object? arg2) =>
        Formatted(format, [arg0, arg1, arg2]);

    public static string Format(string format, params object?[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        return Formatted(format, args);
    }

    public static string Format(string format, params ReadOnlySpan<object?> args) => Formatted(format, args);

    // {index[,alignment][:format]}; {{ and }} are braces.
    private static string Formatted(string format, ReadOnlySpan<object?> args)
    {
        ArgumentNullException.ThrowIfNull(format);
        var text = new StringBuilder(format.Length + 8 * args.Length);
        ReadOnlySpan<char> rest = format.AsSpan();
        while (true)
        {
            int brace = rest.IndexOfAny('{', '}');
            if (brace < 0) return text.Append(rest).ToString();
            text.Append(rest.Slice(0, brace));
            if (brace + 1 < rest.Length && rest[brace + 1] == rest[brace])
            {
                text.Append(rest[brace]);
                rest = rest.Slice(brace + 2);
                continue;
            }
            int end = rest.Slice(brace).IndexOf('}') + brace;
            if (rest[brace] == '}'
                || end < brace) throw new FormatException("Input string was not in a correct format.");
            AppendItem(text, rest.Slice(brace + 1, end - brace - 1), args);
            rest = rest.Slice(end + 1);
        }
    }

    private static void AppendItem(StringBuilder text, ReadOnlySpan<char> item, ReadOnlySpan<object?> args)
    {
        int colon = item.IndexOf(':');
        ReadOnlySpan<char> head = colon < 0 ? item : item.Slice(0, colon);
        string? format = colon < 0 ? null : new string(item.Slice(colon + 1));
        int comma = head.IndexOf(',');
        int width = 0;
        if (comma >= 0 && !int.TryParse(head.Slice(comma + 1),
            out width)) throw new FormatException("Input string was not in a correct format.");
        if (!int.TryParse(comma < 0 ? head : head.Slice(0, comma), out int index) || (uint)index >= (uint)args.Length)
            throw new FormatException("Index must be less than the size of the argument list.");
        object? value = args[index];
        string shown = (value is IFormattable formattable ? formattable.ToString(format, null) : value?.ToString())
            ?? "";
        text.Append(width >= 0 ? shown.PadLeft(width) : shown.PadRight(-width));
    }
}
