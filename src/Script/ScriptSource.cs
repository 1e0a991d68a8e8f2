using System;
using System.Collections.Generic;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary>A script cut into lines and labels (spec/ipxe-compat.md 1.1 and 1.2).</summary>
public sealed class ScriptSource
{
    private const int MagicBytes = 7;
    private const int SizeBytesMax = 1 << 20;

    private readonly List<ScriptLine> _lines = [];
    private Dictionary<string, int>? _labels;

    /// <summary>Cuts <paramref name="text"/> into lines; a magic line is not asked for (command lines have
    /// none).</summary>
    public ScriptSource(string name, string text)
    {
        Name = name;
        if (text.Length > SizeBytesMax)
            throw new BootFailure(ScriptFailure.ScriptTooLarge,
                $"The script {name} is too large ({text.Length} bytes)");
        Cut(text);
    }

    /// <summary>What messages call it: an image's name.</summary>
    public string Name { get; }

    /// <summary>The lines in order.</summary>
    public IReadOnlyList<ScriptLine> Lines => _lines;

    /// <summary>Whether a file is a script: <c>#!ipxe</c> or <c>#!gpxe</c> and one whitespace byte, at the very
    /// beginning.</summary>
    public static bool IsScript(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= MagicBytes
        && (bytes.StartsWith("#!ipxe"u8) || bytes.StartsWith("#!gpxe"u8))
        && ByteText.IsSpace((char)bytes[MagicBytes - 1]);

    /// <summary>The index of the first line with that label, or -1.</summary>
    public int FindLabel(string label)
    {
        _labels ??= NumberLabels();
        return _labels.TryGetValue(label, out int index) ? index : -1;
    }

    private Dictionary<string, int> NumberLabels()
    {
        var labels = new Dictionary<string, int>();
        for (int i = 0; i < _lines.Count; i++)
        {
            if (_lines[i].Label is { } label) labels.TryAdd(label, i);
        }
        return labels;
    }

    private void Cut(string text)
    {
        int position = 0, number = 0;
        while (position < text.Length)
        {
            int first = ++number;
            string line = NextPhysicalLine(text, ref position);
            bool unfinished = false;
            while (line.EndsWith('\\'))
            {
                line = line.Substring(0, line.Length - 1);
                unfinished = position >= text.Length;
                if (unfinished) break;
                number++;
                line += NextPhysicalLine(text, ref position);
            }
            _lines.Add(WithLabel(first, line, unfinished));
        }
    }

    private static string NextPhysicalLine(string text, ref int position)
    {
        int end = text.IndexOf('\n', position);
        int next = end < 0 ? text.Length : end + 1;
        if (end < 0) end = text.Length;
        if (end > position && text[end - 1] == '\r') end--;
        string line = text.Substring(position, end - position);
        position = next;
        return line;
    }

    private static ScriptLine WithLabel(int number, string line, bool unfinished)
    {
        int start = 0;
        while (start < line.Length && ByteText.IsSpace(line[start])) start++;
        if (start == line.Length || line[start] != ':')
            return new ScriptLine(number, null, line, unfinished);
        int end = start + 1;
        while (end < line.Length && !ByteText.IsSpace(line[end])) end++;
        return new ScriptLine(number, line.Substring(start + 1, end - start - 1), line.Substring(end), unfinished);
    }
}
