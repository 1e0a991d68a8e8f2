using System;
using System.IO;

namespace Bootlace.Tidy;

/// <summary>One file of the tree, as the rules see it.</summary>
public sealed class SourceFile
{
    /// <summary>A file with the given path (relative, forward slashes) and text.</summary>
    public SourceFile(string path, string text)
    {
        Path = path;
        Text = text;
        Lines = text.Split('\n');
    }

    /// <summary>Path relative to the root of the tree, with forward slashes.</summary>
    public string Path { get; }

    /// <summary>The whole text.</summary>
    public string Text { get; }

    /// <summary>Its lines, without the line feed; the last one is empty when the file ends with one.</summary>
    public string[] Lines { get; }

    /// <summary>The file's name without folders.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Whether this is C#.</summary>
    public bool IsCSharp => Path.EndsWith(".cs", StringComparison.Ordinal);

    /// <summary>Whether this is a project file.</summary>
    public bool IsProject => Path.EndsWith(".csproj", StringComparison.Ordinal);

    /// <summary>Whether its path starts so; the empty prefix is everywhere.</summary>
    public bool IsIn(string prefix) => Path.StartsWith(prefix, StringComparison.Ordinal);

    /// <summary>Reads a file; null when it is not text.</summary>
    public static SourceFile? TryLoad(string root, string path)
    {
        byte[] bytes = File.ReadAllBytes(System.IO.Path.Combine(root, path));
        if (Array.IndexOf(bytes, (byte)0) >= 0)
            return null;
        return new SourceFile(path, System.Text.Encoding.UTF8.GetString(bytes));
    }
}
