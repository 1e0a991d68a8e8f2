namespace System;

/// <summary>How strings are compared. There are no cultures here: as in .NET's invariant mode they all compare
/// ordinally.
/// </summary>
public enum StringComparison
{
    CurrentCulture,
    CurrentCultureIgnoreCase,
    InvariantCulture,
    InvariantCultureIgnoreCase,
    Ordinal,
    OrdinalIgnoreCase,
}
