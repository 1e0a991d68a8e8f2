namespace System;

public static partial class Buffer
{
    // There is one generation and no concurrent marking: a barrier has nothing to do.
    internal static void BulkMoveWithWriteBarrier(ref byte target, ref byte source, nuint length) =>
        SpanHelpers.Memmove(ref target, ref source, length);
}
