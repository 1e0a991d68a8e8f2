using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Bootlace.Harness;

namespace Bootlace.Build;

/// <summary>Turns the return addresses that a crash prints (relative to the image) into names and source
/// lines.</summary>
public static partial class Symbolizer
{
    /// <summary>Prints one line for each address.</summary>
    /// <param name="image">The .efi file, with its .pdb beside it.</param>
    /// <param name="text">A crash's lines, or just the addresses; anything else in it is left out.</param>
    /// <returns>Whether there was any address.</returns>
    public static bool Print(string image, string text)
    {
        string[] addresses = [.. Address().Matches(ImageBase().Replace(text, "")).Select(it => it.Value)];
        if (addresses.Length == 0)
            return false;

        string program = ProgramPath.Find("llvm-symbolizer-19") ?? ProgramPath.Require("llvm-symbolizer");
        // A return address is the instruction after the call: one less lies in the call itself.
        IEnumerable<string> calls = addresses.Select(it => $"0x{Convert.ToUInt64(it[2..], 16) - 1:x}");
        string output = Tool.Require(
            program, ["--obj", Path.GetFullPath(image), "--relative-address", "--output-style=GNU", .. calls]);
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (int index = 0; index < addresses.Length; index++)
            Console.WriteLine($"{addresses[index],-10} {lines[2 * index],-60} {lines[2 * index + 1]}");
        return true;
    }

    /// <summary>The processor that a crash's report names; null when there is none in the text.</summary>
    public static Architecture? FindArchitecture(string text) =>
        ImageBase().Match(text) is { Success: true } match ? ArchitectureNames.Parse(match.Groups[1].Value) : null;

    [GeneratedRegex(@"\b(x64|arm64) image at 0x[0-9a-fA-F]+")]
    private static partial Regex ImageBase();

    [GeneratedRegex(@"\b0x[0-9a-fA-F]+\b")]
    private static partial Regex Address();
}
