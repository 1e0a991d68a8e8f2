using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Bootlace.Native;

/// <summary>What C is compiled for.</summary>
/// <param name="Name">Its folder's name.</param>
/// <param name="Machine">"x64" or "arm64".</param>
/// <param name="Flags">What the compiler is told for this target alone.</param>
public sealed record CTarget(string Name, string Machine, string[] Flags)
{
    // The -gnu triple defines __GNUC__, which the library's assembly asks for; without the WIN macros it takes the
    // target for no known system and includes no system header (facts/tls.md 1).
    private static readonly string[] Firmware =
    [
        "-fno-auto-import", "-mno-stack-arg-probe", .. Undefine(
            "_WIN32", "_WIN64", "WIN32", "WIN64", "__WIN32", "__WIN64", "__WIN32__", "__WIN64__", "__MINGW32__",
            "__MINGW64__"),
    ];

    /// <summary>The loader for PCs.</summary>
    public static readonly CTarget X64 =
        new("x64", "x64", ["--target=x86_64-unknown-windows-gnu", "-mno-red-zone", .. Firmware]);

    /// <summary>The loader for ARM boards and servers.</summary>
    public static readonly CTarget Arm64 =
        new("arm64", "arm64", ["--target=aarch64-unknown-windows-gnu", .. Firmware]);

    /// <summary>The tests on this machine. The library stands alone there, too.</summary>
    public static readonly CTarget Host = MakeHost();

    /// <summary>Whether it is loaded by .NET rather than linked into an image.</summary>
    public bool IsShared => Name == "host";

    private static CTarget MakeHost()
    {
        string machine = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64";
        if (OperatingSystem.IsWindows())
            return new CTarget("host", machine, machine == "x64" ? X64.Flags : Arm64.Flags);
        return new CTarget("host", machine,
        [
            "-fPIC", .. Undefine(
                "linux", "__linux", "__linux__", "__gnu_linux__", "unix", "__unix", "__unix__", "__APPLE__"),
        ]);
    }

    private static string[] Undefine(params IEnumerable<string> names)
    {
        List<string> flags = [];
        foreach (string name in names)
            flags.Add("-U" + name);
        return [.. flags];
    }
}
