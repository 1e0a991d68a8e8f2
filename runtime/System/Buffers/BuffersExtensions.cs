namespace System.Buffers;

/// <summary>Writing a whole span to a buffer writer.</summary>
public static class BuffersExtensions
{
    public static void Write<T>(this IBufferWriter<T> writer, ReadOnlySpan<T> value)
    {
        while (!value.IsEmpty)
        {
            Span<T> room = writer.GetSpan();
            int count = Math.Min(room.Length, value.Length);
            value.Slice(0, count).CopyTo(room);
            writer.Advance(count);
            value = value.Slice(count);
        }
    }
}
