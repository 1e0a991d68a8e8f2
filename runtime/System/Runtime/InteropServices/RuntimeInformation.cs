using System.Runtime.Intrinsics.X86;

namespace System.Runtime.InteropServices;

/// <summary>What we run on.</summary>
public static class RuntimeInformation
{
    public static Architecture ProcessArchitecture => X86Base.IsSupported ? Architecture.X64 : Architecture.Arm64;

    public static Architecture OSArchitecture => ProcessArchitecture;
}
