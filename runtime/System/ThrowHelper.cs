using System.Diagnostics.CodeAnalysis;

namespace System;

/// <summary>Throws that hot methods call, so that they stay small enough to be inlined.</summary>
internal static class ThrowHelper
{
    [DoesNotReturn]
    public static void IndexOutOfRange() => throw new IndexOutOfRangeException();

    [DoesNotReturn]
    public static void ArgumentOutOfRange() => throw new ArgumentOutOfRangeException();

    [DoesNotReturn]
    public static void ArgumentOutOfRange(string name) => throw new ArgumentOutOfRangeException(name);

    [DoesNotReturn]
    public static void DestinationTooShort() => throw new ArgumentException("Destination is too short.", "destination");

    [DoesNotReturn]
    public static void CollectionChanged() =>
        throw new InvalidOperationException("Collection was modified; enumeration operation may not execute.");

    [DoesNotReturn]
    public static void Empty(string what) => throw new InvalidOperationException(what + " empty.");
}
