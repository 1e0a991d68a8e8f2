using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace Bootlace.Harness;

/// <summary>The modules of a kernel package, which comes without the index that `modprobe` needs.</summary>
public sealed class KernelModules
{
    private static readonly string[] Suffixes = [".ko", ".ko.xz", ".ko.zst"];

    private readonly Dictionary<string, string> _files;

    /// <summary>The modules of an unpacked kernel package.</summary>
    public KernelModules(UnpackedPackage kernel) => _files = Directory
        .EnumerateFiles(kernel.Folder, "*.ko*", SearchOption.AllDirectories)
        .Where(path => Suffixes.Any(it => path.EndsWith(it, StringComparison.Ordinal)))
        .ToDictionary(NameOf);

    /// <summary>These modules and all that they depend on, in an order in which each can be loaded. Those that are
    /// built into the kernel are left out.</summary>
    /// <returns>Name and content, not compressed.</returns>
    public IReadOnlyList<(string Name, byte[] Content)> InLoadOrder(params IEnumerable<string> names)
    {
        List<(string Name, byte[] Content)> ordered = [];
        foreach (string name in names)
            Add(name, ordered);
        return ordered;
    }

    private void Add(string name, List<(string Name, byte[] Content)> ordered)
    {
        if (ordered.Any(it => it.Name == name) || !_files.TryGetValue(name, out string? path))
            return;
        byte[] content = Read(path);
        foreach (string needed in Dependencies(content))
            Add(needed, ordered);
        ordered.Add((name, content));
    }

    private static string NameOf(string path) => Path.GetFileName(path).Split('.')[0].Replace('-', '_');

    /// <summary>Reads the entry "depends=a,b" of the section .modinfo.</summary>
    private static string[] Dependencies(ReadOnlySpan<byte> module)
    {
        ReadOnlySpan<byte> key = "\0depends="u8;
        int start = module.IndexOf(key);
        if (start < 0)
            return [];
        ReadOnlySpan<byte> value = module[(start + key.Length)..];
        string list = Encoding.ASCII.GetString(value[..value.IndexOf((byte)0)]);
        return [.. list.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(it => it.Replace('-', '_'))];
    }

    private static byte[] Read(string path)
    {
        if (path.EndsWith(".ko", StringComparison.Ordinal))
            return File.ReadAllBytes(path);
        string folder = Directory.CreateTempSubdirectory("bootlace-module-").FullName;
        try
        {
            string copy = Path.Combine(folder, Path.GetFileName(path));
            File.Copy(path, copy);
            Tool.Require(path.EndsWith(".xz", StringComparison.Ordinal) ? "xz" : "zstd", ["-q", "-d", copy]);
            return File.ReadAllBytes(Path.Combine(folder, Path.GetFileNameWithoutExtension(path)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
