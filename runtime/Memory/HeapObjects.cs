using System;

namespace Internal.Runtime;

internal static unsafe class HeapObjects
{
    public static string NewString(int length) => throw new OutOfMemoryException();

    public static object Clone(object source) => throw new OutOfMemoryException();
}
