using System.Runtime.InteropServices;

namespace Bootlace.Harness;

/// <summary>The two kinds of processor that the loader is built for.</summary>
public enum Architecture
{
    /// <summary>x86-64.</summary>
    X64,

    /// <summary>AArch64.</summary>
    Arm64,
}

/// <summary>What others call our architectures.</summary>
public static class ArchitectureNames
{
    /// <summary>What this machine is, whose programs the harness runs.</summary>
    public static Architecture OfThisMachine =>
        RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.Arm64
            ? Architecture.Arm64
            : Architecture.X64;

    /// <summary>As in our file names: "x64", "arm64".</summary>
    public static string OurName(this Architecture it) => it == Architecture.X64 ? "x64" : "arm64";

    /// <summary>As Debian says: "amd64", "arm64".</summary>
    public static string DebianName(this Architecture it) => it == Architecture.X64 ? "amd64" : "arm64";

    /// <summary>As `uname -m` says: "x86_64", "aarch64".</summary>
    public static string LinuxName(this Architecture it) => it == Architecture.X64 ? "x86_64" : "aarch64";

    /// <summary>The serial console's device in Linux, on the machines we use.</summary>
    public static string LinuxConsole(this Architecture it) => it == Architecture.X64 ? "ttyS0" : "ttyAMA0";

    /// <summary>Reads "x64" or "arm64".</summary>
    /// <exception cref="HarnessException">It is neither.</exception>
    public static Architecture Parse(string name) => name.ToLowerInvariant() switch
    {
        "x64" or "amd64" or "x86_64" => Architecture.X64,
        "arm64" or "aarch64" => Architecture.Arm64,
        _ => throw new HarnessException($"'{name}' is no architecture: x64 or arm64."),
    };
}
