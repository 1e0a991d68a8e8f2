using System;

namespace Bootlace.Wire;

/// <summary>The command line in a device tree: <c>bootargs</c> of the node <c>/chosen</c> (Devicetree Specification
/// 0.4, section 3.6).</summary>
public static class BootArguments
{
    private const uint Magic = 0xd00d_feed, Version = 17, CompatibleVersion = 16;
    private const int HeaderBytes = 40, TokenBytes = 4, PropertyHeaderBytes = 12;
    private const int NodeBytes = 16;   // the node, begun and ended
    private const int RootDepth = 1, ChosenDepth = 2;

    private static ReadOnlySpan<byte> NodeName => "chosen"u8;
    private static ReadOnlySpan<byte> PropertyName => "bootargs\0"u8;

    /// <summary>Where in the structure something changes.</summary>
    private ref struct Places
    {
        public bool HasNode;
        public int InsertAt;            // behind the name of the node, or where the root ends
        public int OldStart, OldEnd;    // the property there is; the same: none
        public int End;                 // behind the token that ends the tree

        /// <summary>What stays.</summary>
        public readonly int KeptBytes => End - (OldEnd - OldStart);
    }

    /// <summary>How much longer a tree becomes by arguments of that length, at most.</summary>
    public static int GrowthMax(int argumentsBytes) =>
        NodeBytes + PropertyHeaderBytes + argumentsBytes + TokenBytes + PropertyName.Length + TokenBytes;

    /// <summary>Writes a tree anew, with these arguments in place of those it has. False when it is malformed, or does
    /// not fit: parts of it that overlap become longer.</summary>
    /// <param name="tree">The tree; something else may follow it.</param>
    /// <param name="arguments">The arguments, without a NUL.</param>
    /// <param name="target">Where to.</param>
    /// <param name="countBytes">How long it has become.</param>
    /// <param name="error">What is wrong with the tree.</param>
    public static bool TrySet(
        ReadOnlySpan<byte> tree, ReadOnlySpan<byte> arguments, Span<byte> target, out int countBytes,
        out ParseError error)
    {
        countBytes = 0;
        if (!DeviceTreeView.TryRead(tree, out DeviceTreeView view, out error)) return false;
        if (!TryFind(view, out Places places, out error)) return false;
        error = ParseError.BadLength;
        int partsBytes = HeaderBytes + view.Reservations.Length + places.KeptBytes + view.Strings.Length;
        int room = Math.Min(target.Length, DeviceTreeHeader.BytesMax) - partsBytes;
        if (room < 0 || arguments.Length > room || GrowthMax(arguments.Length) > room) return false;
        error = ParseError.None;
        int nameOffset = view.Strings.IndexOf(PropertyName);
        bool isNamed = nameOffset >= 0;
        if (!isNamed) nameOffset = view.Strings.Length;

        int at = HeaderBytes;
        Append(target, ref at, view.Reservations);
        int structureStart = at;
        Append(target, ref at, view.Structure[..places.InsertAt]);
        AppendProperty(target, ref at, places.HasNode, nameOffset, arguments);
        Append(target, ref at, view.Structure[places.InsertAt..places.OldStart]);
        Append(target, ref at, view.Structure[places.OldEnd..places.End]);
        int stringsStart = at;
        Append(target, ref at, view.Strings);
        if (!isNamed) Append(target, ref at, PropertyName);
        int stringsBytes = at - stringsStart;
        AppendPadding(target, ref at);
        EmitHeader(target, view.BootProcessor, at, structureStart, stringsStart, stringsBytes);
        countBytes = at;
        return true;
    }

    private static bool TryFind(in DeviceTreeView view, out Places places, out ParseError error)
    {
        places = default;
        var walk = new DeviceTreeWalk(view.Structure);
        bool isInside = false;
        int rootEnd = 0;
        while (walk.MoveNext(out error))
        {
            bool isChosen = walk.Token == DeviceTreeToken.BeginNode && walk.Depth == ChosenDepth
                && walk.Name.SequenceEqual(NodeName);
            if (isChosen && !places.HasNode)
            {
                places.HasNode = isInside = true;
                places.InsertAt = places.OldStart = places.OldEnd = walk.Next;
            }
            if (walk.Token == DeviceTreeToken.EndNode && walk.Depth == RootDepth) isInside = false;
            if (walk.Token == DeviceTreeToken.EndNode && walk.Depth == 0 && rootEnd == 0) rootEnd = walk.Start;
            bool isOld = isInside && walk.Token == DeviceTreeToken.Property && walk.Depth == ChosenDepth
                && IsNamed(view.Strings, walk.NameOffset);
            if (isOld) (places.OldStart, places.OldEnd) = (walk.Start, walk.Next);
            places.End = walk.Next;
        }
        if (error == ParseError.None && rootEnd == 0) error = ParseError.TooShort;
        if (!places.HasNode) places.InsertAt = places.OldStart = places.OldEnd = rootEnd;
        return error == ParseError.None;
    }

    private static bool IsNamed(ReadOnlySpan<byte> strings, uint offset) =>
        offset < (uint)strings.Length && strings[(int)offset..].StartsWith(PropertyName);

    private static void AppendProperty(
        Span<byte> target, ref int at, bool hasNode, int nameOffset, ReadOnlySpan<byte> arguments)
    {
        if (!hasNode)
        {
            AppendNumber(target, ref at, (uint)DeviceTreeToken.BeginNode);
            Append(target, ref at, NodeName);
            target[at++] = 0;
            AppendPadding(target, ref at);
        }
        AppendNumber(target, ref at, (uint)DeviceTreeToken.Property);
        AppendNumber(target, ref at, (uint)arguments.Length + 1);
        AppendNumber(target, ref at, (uint)nameOffset);
        Append(target, ref at, arguments);
        target[at++] = 0;
        AppendPadding(target, ref at);
        if (!hasNode) AppendNumber(target, ref at, (uint)DeviceTreeToken.EndNode);
    }

    private static void EmitHeader(
        Span<byte> target, uint bootProcessor, int totalBytes, int structureStart, int stringsStart, int stringsBytes)
    {
        int at = 0;
        AppendNumber(target, ref at, Magic);
        AppendNumber(target, ref at, (uint)totalBytes);
        AppendNumber(target, ref at, (uint)structureStart);
        AppendNumber(target, ref at, (uint)stringsStart);
        AppendNumber(target, ref at, HeaderBytes);   // the reservations come first
        AppendNumber(target, ref at, Version);
        AppendNumber(target, ref at, CompatibleVersion);
        AppendNumber(target, ref at, bootProcessor);
        AppendNumber(target, ref at, (uint)stringsBytes);
        AppendNumber(target, ref at, (uint)(stringsStart - structureStart));
    }

    private static void Append(Span<byte> target, ref int at, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(target[at..]);
        at += bytes.Length;
    }

    private static void AppendNumber(Span<byte> target, ref int at, uint number)
    {
        BigEndian.WriteU32(target, at, number);
        at += TokenBytes;
    }

    /// <summary>Everything starts at multiples of four bytes from the start of the tree.</summary>
    private static void AppendPadding(Span<byte> target, ref int at)
    {
        while (at % TokenBytes != 0) target[at++] = 0;
    }
}
