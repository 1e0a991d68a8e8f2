namespace System.Collections.Generic;

/// <summary>A notion of order.</summary>
public interface IComparer<in T> where T : allows ref struct
{
    int Compare(T? x, T? y);
}
