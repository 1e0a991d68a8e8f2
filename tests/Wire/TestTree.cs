using System;
using System.Collections.Generic;
using System.Text;
using Bootlace.Wire;

namespace Bootlace.Tests.Wire;

/// <summary>Device trees as text, such as <c>/{model='b' chosen{bootargs='q'}}</c>, and back. It knows nothing of the
/// code under test.</summary>
internal static class TestTree
{
    private const int HeaderBytes = 40;

    /// <summary>The tree that the text describes.</summary>
    public static byte[] Make(string text, ulong reservation = 0, uint processor = 0)
    {
        var structure = new List<byte>();
        var strings = new List<byte>();
        int at = 0;
        Node(text, ref at, structure, strings);
        Number(structure, 9);
        var tree = new List<byte>();
        int reservedBytes = reservation == 0 ? 16 : 32;
        int structureAt = HeaderBytes + reservedBytes, stringsAt = structureAt + structure.Count;
        foreach (uint field in new uint[]
        {
            0xd00dfeed, (uint)(stringsAt + strings.Count), (uint)structureAt, (uint)stringsAt, HeaderBytes, 17, 16,
            processor, (uint)strings.Count, (uint)structure.Count,
        })
            Number(tree, field);
        if (reservation != 0)
        {
            Number(tree, (uint)(reservation >> 32));
            Number(tree, (uint)reservation);
            Number(tree, 0);
            Number(tree, 4096);
        }
        tree.AddRange(new byte[16]);
        tree.AddRange(structure);
        tree.AddRange(strings);
        return [.. tree];
    }

    /// <summary>The text of a tree whose values are texts.</summary>
    public static string Print(byte[] tree)
    {
        int at = (int)BigEndian.ReadU32(tree, 8), strings = (int)BigEndian.ReadU32(tree, 12);
        var text = new StringBuilder();
        for (uint token; (token = BigEndian.ReadU32(tree, at)) != 9;)
        {
            at += 4;
            bool needsBlank = text.Length > 0 && text[^1] is not '{' && token != 2;
            if (needsBlank) text.Append(' ');
            if (token == 1)
            {
                string name = Read(tree, at);
                at += name.Length + 4 & ~3;
                text.Append(name.Length == 0 ? "/" : name).Append('{');
            }
            else if (token == 3)
            {
                int length = (int)BigEndian.ReadU32(tree, at);
                string name = Read(tree, strings + (int)BigEndian.ReadU32(tree, at + 4));
                text.Append(name).Append("='").Append(Read(tree, at + 8)).Append('\'');
                at += 8 + length + 3 & ~3;
            }
            else if (token == 2)
                text.Append('}');
        }
        return text.ToString();
    }

    private static void Node(string text, ref int at, List<byte> structure, List<byte> strings)
    {
        string name = Until(text, ref at, '{');
        Number(structure, 1);
        Text(structure, name == "/" ? "" : name);
        while (text[at] != '}')
        {
            if (text[at] == ' ') at++;
            int next = text.AsSpan(at).IndexOfAny('=', '{') + at;
            if (text[next] == '{')
            {
                Node(text, ref at, structure, strings);
                continue;
            }
            string property = Until(text, ref at, '=');
            at++;
            string value = Until(text, ref at, '\'');
            Number(structure, 3);
            Number(structure, (uint)value.Length + 1);
            Number(structure, (uint)strings.Count);
            Text(structure, value);
            strings.AddRange(Encoding.ASCII.GetBytes(property + "\0"));
        }
        at++;
        Number(structure, 2);
    }

    private static string Until(string text, ref int at, char end)
    {
        int stop = text.IndexOf(end, at);
        string found = text[at..stop];
        at = stop + 1;
        return found;
    }

    private static void Text(List<byte> target, string text)
    {
        target.AddRange(Encoding.ASCII.GetBytes(text));
        target.AddRange(new byte[4 - text.Length % 4]);
    }

    private static void Number(List<byte> target, uint number) =>
        target.AddRange([(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number]);

    private static string Read(byte[] tree, int at) =>
        Encoding.ASCII.GetString(tree, at, Array.IndexOf(tree, (byte)0, at) - at);
}
