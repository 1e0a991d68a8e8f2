namespace System.Runtime.InteropServices;

/// <summary>The C# compiler wants it for <c>where T : unmanaged</c>.</summary>
public enum UnmanagedType
{
    Bool = 2,
    I1 = 3,
    U1 = 4,
}
