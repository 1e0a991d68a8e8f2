using System;
using System.Collections.Generic;
using Bootlace.Script;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>Puts the initrd together from what <c>initrd</c> fetched (spec/ipxe-compat.md 7.5): each file starts at a
/// multiple of 4096 with zeros between; one with a command line becomes a member of a cpio archive, named by its first
/// word. Nothing is copied: the pieces are the images' own pages.</summary>
public static class Initrd
{
    /// <summary>Every file starts at a multiple of this.</summary>
    public const int AlignmentBytes = 4096;

    private const uint ModeDefault = 0x1a4;   // 0644
    private const uint DirectoryMode = NewcHeader.Directory | 0x1ed;   // 0755
    private const uint ModeMax = 0xfff;   // 07777
    private static readonly byte[] Zeros = new byte[AlignmentBytes];

    /// <summary>The pieces in order; none when there is nothing to serve, so that no initrd is announced at
    /// all.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Assemble(IReadOnlyList<Image> images)
    {
        var pieces = new List<ReadOnlyMemory<byte>>();
        ulong position = 0;
        foreach (Image image in images)
        {
            Pad(pieces, ref position, AlignmentBytes);
            if (image.CommandLine is { } words && FirstWord(words).Length > 0)
                AddMember(pieces, ref position, image, words);
            else AddContent(pieces, ref position, image);
        }
        return pieces;
    }

    /// <summary>Which of the modules a kernel line asks for: those it names by <c>initrd=</c>, in its order, and then
    /// the archive members; all of them when it names none that we have, or <c>initrd.magic</c>.</summary>
    public static IReadOnlyList<Image> Choose(IReadOnlyList<Image> modules, string kernelLine)
    {
        var chosen = new List<Image>();
        foreach (string word in Words(kernelLine))
        {
            if (!word.StartsWith("initrd=", StringComparison.Ordinal)) continue;
            foreach (string name in word.Substring("initrd=".Length).Split(','))
            {
                if (Find(modules, name) is not { } image) return modules;
                if (!chosen.Contains(image)) chosen.Add(image);
            }
        }
        if (chosen.Count == 0) return modules;
        foreach (Image image in modules)
        {
            if (image.CommandLine is not null && !chosen.Contains(image)) chosen.Add(image);
        }
        return chosen;
    }

    private static Image? Find(IReadOnlyList<Image> modules, string name)
    {
        foreach (Image image in modules)
        {
            if (string.Equals(image.Name, name.TrimStart('\\', '/'), StringComparison.OrdinalIgnoreCase)) return image;
        }
        return null;
    }

    private static void AddMember(List<ReadOnlyMemory<byte>> pieces, ref ulong position, Image image, string words)
    {
        List<string> list = Words(words);
        string path = list[0].TrimStart('/');
        uint mode = ModeDefault;
        long directories = 0;
        for (int i = 1; i < list.Count; i++)
        {
            if (list[i].StartsWith("mode=", StringComparison.Ordinal)) mode = ReadMode(list[i]);
            else if (list[i].StartsWith("mkdir=", StringComparison.Ordinal)) directories = ReadCount(list[i]);
        }
        if (path.Length == 0 || path.Length >= NewcView.NameBytesMax)
            throw new BootFailure(ImageFailure.BadMember, $"'{ByteText.ToUnicode(words)}' names no file in the initrd");
        if (image.SizeBytes > uint.MaxValue) throw new BootFailure(ImageFailure.MemberTooLarge);

        AddDirectories(pieces, ref position, path, directories);
        AddHeader(pieces, ref position, path, NewcHeader.RegularFile | mode, (uint)image.SizeBytes);
        AddContent(pieces, ref position, image);
        Pad(pieces, ref position, NewcHeader.Alignment);
    }

    /// <summary>The last <paramref name="count"/> directories above the file, outermost first; all of them if
    /// negative.</summary>
    private static void AddDirectories(List<ReadOnlyMemory<byte>> pieces, ref ulong position, string path, long count)
    {
        var parents = new List<string>();
        for (int i = 1; i < path.Length; i++)
        {
            if (path[i] == '/' && path[i - 1] != '/') parents.Add(path.Substring(0, i));
        }
        long skipped = count < 0 ? 0 : long.Max(0, parents.Count - count);
        for (int i = (int)skipped; i < parents.Count; i++)
            AddHeader(pieces, ref position, parents[i], DirectoryMode, 0);
    }

    private static void AddHeader(
        List<ReadOnlyMemory<byte>> pieces, ref ulong position, string path, uint mode, uint bytes)
    {
        var header = new NewcHeader(ByteText.ToUnicode(path), mode, bytes);
        byte[] block = new byte[header.Bytes];
        header.Emit(block);
        pieces.Add(block);
        position += (ulong)block.Length;
    }

    private static void AddContent(List<ReadOnlyMemory<byte>> pieces, ref ulong position, Image image)
    {
        foreach (ReadOnlyMemory<byte> piece in image.Content.Pieces) pieces.Add(piece);
        position += image.SizeBytes;
    }

    private static void Pad(List<ReadOnlyMemory<byte>> pieces, ref ulong position, int alignment)
    {
        int padding = (int)(0 - position & (ulong)(alignment - 1));
        if (padding == 0) return;
        pieces.Add(Zeros.AsMemory(0, padding));
        position += (ulong)padding;
    }

    private static uint ReadMode(string word)
    {
        string digits = word.Substring("mode=".Length);
        if (NumberText.TryReadUnsigned("0" + digits, out ulong mode) && digits.Length > 0 && mode <= ModeMax)
            return (uint)mode;
        throw new BootFailure(ImageFailure.BadMember, $"'{ByteText.ToUnicode(word)}' is no octal file mode");
    }

    private static long ReadCount(string word)
    {
        if (NumberText.TryRead(word.Substring("mkdir=".Length), out long count)) return count;
        throw new BootFailure(ImageFailure.BadMember, $"'{ByteText.ToUnicode(word)}' is no number of directories");
    }

    private static string FirstWord(string text)
    {
        List<string> words = Words(text);
        return words.Count == 0 ? "" : words[0];
    }

    private static List<string> Words(string text)
    {
        var words = new List<string>();
        int position = 0;
        while (position < text.Length)
        {
            int start = position;
            while (position < text.Length && !ByteText.IsSpace(text[position])) position++;
            if (position > start) words.Add(text.Substring(start, position - start));
            position++;
        }
        return words;
    }
}
