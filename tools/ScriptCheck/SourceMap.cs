using System.Collections.Generic;
using Bootlace.Script;

namespace Bootlace.ScriptCheck;

/// <summary>Where the text of a script's lines stands in its file: continued lines are glued together, and labels are
/// cut off.</summary>
/// <param name="text">The script, one character a byte.</param>
internal sealed class SourceMap(string text)
{
    private readonly string[] _physical = text.Split('\n');

    /// <summary>Line and column, from 1, of a place in <see cref="ScriptLine.Text"/>.</summary>
    public (int Line, int Column) Locate(ScriptLine line, int offset)
    {
        List<string> pieces = PiecesOf(line);
        int left = offset - line.Text.Length;
        foreach (string piece in pieces) left += piece.Length;
        int index = 0;
        while (index < pieces.Count - 1 && left >= pieces[index].Length) left -= pieces[index++].Length;
        return (line.Number + index, 1 + ByteText.ToUnicode(pieces[index][..left]).Length);
    }

    /// <summary>Where the last backslash of a line that the file's end cuts off stands.</summary>
    public (int Line, int Column) LocateCut(ScriptLine line)
    {
        int last = line.Number - 1;
        while (last + 1 < _physical.Length && _physical[last + 1].TrimEnd('\r').EndsWith('\\')) last++;
        return (last + 1, ByteText.ToUnicode(_physical[last].TrimEnd('\r')).Length);
    }

    /// <summary>Where the words of a line begin, operators among them.</summary>
    public static IReadOnlyList<int> FindWords(string line)
    {
        List<int> starts = [];
        for (int i = 0; i < line.Length; i++)
        {
            if (!ByteText.IsSpace(line[i]) && (i == 0 || ByteText.IsSpace(line[i - 1]))) starts.Add(i);
        }
        return starts;
    }

    private List<string> PiecesOf(ScriptLine line)
    {
        List<string> pieces = [];
        for (int i = line.Number - 1; i < _physical.Length; i++)
        {
            string piece = _physical[i];
            if (piece.EndsWith('\r')) piece = piece[..^1];
            bool goesOn = piece.EndsWith('\\');
            pieces.Add(goesOn ? piece[..^1] : piece);
            if (!goesOn) break;
        }
        return pieces;
    }
}
