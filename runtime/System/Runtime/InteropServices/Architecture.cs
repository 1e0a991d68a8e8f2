namespace System.Runtime.InteropServices;

/// <summary>Kinds of processors.</summary>
public enum Architecture
{
    X86,
    X64,
    Arm,
    Arm64,
}
