using System;
using System.Collections.Generic;
using System.Text;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Wire;

/// <summary>Protects the writing of a command line into a device tree: all else stays, and a malformed tree is
/// refused.</summary>
public class BootArgumentsTests
{
    [Fact]
    public void AChosenNodeIsMadeWhereThereIsNone()
    {
        byte[] expected = Golden.Bytes("""
            d00dfeed 0000007c 00000038 00000070 00000028 00000011 00000010 00000000 00000009 00000038
            00*16
            00000001 00000000
            00000001 "chosen" 00 00
            00000003 00000009 00000000 "a=1 b=22" 00 00 00 00
            00000002
            00000002
            00000009
            "bootargs" 00
            00*3
            """);
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(Set(DeviceTreeTests.Tree, "a=1 b=22")));
    }

    [Theory]
    [InlineData("/{chosen{}}", "/{chosen{bootargs='x y'}}")]
    [InlineData("/{model='b' chosen{bootargs='old'}}", "/{model='b' chosen{bootargs='x y'}}")]
    [InlineData("/{chosen{a='1' bootargs='much longer than the new one' b='2' s{bootargs='n'}} z{}}",
        "/{chosen{bootargs='x y' a='1' b='2' s{bootargs='n'}} z{}}")]
    [InlineData("/{bootargs='root' x{chosen{bootargs='no'}} chosen2{} chosen{}}",
        "/{bootargs='root' x{chosen{bootargs='no'}} chosen2{} chosen{bootargs='x y'}}")]
    [InlineData("/{a='1' s{t{}}}", "/{a='1' s{t{}} chosen{bootargs='x y'}}")]
    public void OnlyTheArgumentsChange(string before, string after)
    {
        byte[] tree = TestTree.Make(before);
        Assert.Equal(before, TestTree.Print(tree));
        byte[] changed = Set(tree, "x y");
        Assert.Equal(after, TestTree.Print(changed));
        Assert.Equal(after, TestTree.Print(Set(changed, "x y")));
        Assert.Equal(changed.Length, Set(changed, "x y").Length);   // nothing is added twice
    }

    [Fact]
    public void ReservationsAndTheBootProcessorStay()
    {
        byte[] tree = TestTree.Make("/{}", reservation: 0x4000_0000, processor: 3);
        Assert.True(DeviceTreeView.TryRead(Set(tree, "q"), out DeviceTreeView view, out _));
        Assert.Equal(3u, view.BootProcessor);
        Assert.Equal(32, view.Reservations.Length);
        Assert.Equal(0x4000_0000u, BigEndian.ReadU64(view.Reservations, 0));
    }

    [Fact]
    public void WhatFollowsTheTreeIsLeftOut()
    {
        byte[] tree = TestTree.Make("/{chosen{}}");
        Assert.Equal(Set(tree, "q"), Set([.. tree, .. new byte[1000]], "q"));
    }

    [Fact]
    public void OfTwoPropertiesOfThatNameTheFirstCounts()
    {
        byte[] changed = Set(TestTree.Make("/{chosen{bootargs='1' bootargs='2'}}"), "new");
        Assert.StartsWith("/{chosen{bootargs='new'", TestTree.Print(changed));
    }

    [Theory]
    [InlineData(0, ParseError.BadKind)]      // a second end of the tree is none, but this is no token
    [InlineData(1, ParseError.BadName)]
    [InlineData(2, ParseError.BadKind)]
    [InlineData(3, ParseError.BadKind)]
    [InlineData(9, ParseError.BadKind)]
    public void X10_StructuresThatContradictThemselvesAreRefused(uint token, ParseError expected)
    {
        byte[] tree = (byte[])DeviceTreeTests.Tree.Clone();
        // The token behind the root's beginning, and then the one that ends it all.
        if (token == 1) BigEndian.WriteU32(tree, 60, 0x41414141);
        if (token == 1) tree.AsSpan(64).Fill(0x41);
        else if (token == 2) BigEndian.WriteU32(tree, 68, 2);
        else if (token == 3) BigEndian.WriteU32(tree, 56, 3);
        else BigEndian.WriteU32(tree, 64, token);
        Assert.False(DeviceTreeView.TryRead(tree, out _, out ParseError error));
        Assert.Equal(expected, error);
    }

    [Theory]
    [InlineData(0xffffffffu)]
    [InlineData(0x80000000u)]
    [InlineData(100u)]
    public void X10_APropertyLongerThanTheTreeIsRefused(uint length)
    {
        byte[] tree = TestTree.Make("/{a='1'}");
        BigEndian.WriteU32(tree, 56 + 8 + 4, length);
        Assert.False(DeviceTreeView.TryRead(tree, out _, out ParseError error));
        Assert.Equal(ParseError.BadLength, error);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void X10_TreesDeeperThanLinuxTakesAreRefused(int depth, bool isTaken)
    {
        string text = "/{" + string.Join("", Repeat("n{", depth - 1)) + string.Join("", Repeat("}", depth));
        Assert.Equal(isTaken, DeviceTreeView.TryRead(TestTree.Make(text), out _, out _));
    }

    [Fact]
    public void ATreeWithoutARootIsRefused()
    {
        byte[] tree = (byte[])DeviceTreeTests.Tree.Clone();
        BigEndian.WriteU32(tree, 56, 9);
        Assert.True(DeviceTreeView.TryRead(tree, out _, out _));   // empty, but nothing is wrong with it
        Assert.False(BootArguments.TrySet(tree, "q"u8, new byte[1000], out _, out ParseError error));
        Assert.Equal(ParseError.TooShort, error);
    }

    [Fact]
    public void WithoutRoomNothingIsWritten()
    {
        byte[] tree = TestTree.Make("/{chosen{a='1'}}");
        int needed = tree.Length + BootArguments.GrowthMax(5);
        for (int room = 0; room <= needed; room++)
        {
            byte[] target = new byte[room];
            bool isSet = BootArguments.TrySet(tree, "12345"u8, target, out int countBytes, out _);
            Assert.Equal(isSet, countBytes > 0);
            if (!isSet) Assert.Equal(new byte[room], target);
            Assert.True(isSet || room < needed);
        }
    }

    [Fact]
    public void ATreeMayNotOutgrowWhatLinuxTakes()
    {
        byte[] arguments = new byte[DeviceTreeHeader.BytesMax];
        Assert.False(BootArguments.TrySet(
            DeviceTreeTests.Tree, arguments, new byte[2 * DeviceTreeHeader.BytesMax], out _, out ParseError error));
        Assert.Equal(ParseError.BadLength, error);
    }

    [Fact]
    public void EveryTruncationIsRefused()
    {
        byte[] tree = TestTree.Make("/{model='b' chosen{bootargs='old' s{}}}");
        for (int length = 0; length < tree.Length; length++)
            Assert.False(DeviceTreeView.TryRead(tree.AsSpan(0, length), out _, out _), $"{length}");
    }

    [Fact]
    public void WhatIsMadeOfAFlippedTreeIsATree()
    {
        byte[] tree = TestTree.Make("/{model='b' chosen{bootargs='old' s{}}}");
        byte[] target = new byte[4096];
        for (int bit = 0; bit < tree.Length * 8; bit++)
        {
            byte[] flipped = (byte[])tree.Clone();
            flipped[bit / 8] ^= (byte)(1 << bit % 8);
            if (!BootArguments.TrySet(flipped, "console=ttyS0"u8, target, out int countBytes, out _)) continue;
            Assert.True(DeviceTreeView.TryRead(target.AsSpan(0, countBytes), out DeviceTreeView view, out _));
            Assert.True(view.Structure.IndexOf("console=ttyS0\0"u8) > 0);
        }
    }

    private static byte[] Set(byte[] tree, string arguments)
    {
        byte[] target = new byte[tree.Length + BootArguments.GrowthMax(arguments.Length)];
        Array.Fill(target, (byte)0xcc);
        Assert.True(BootArguments.TrySet(
            tree, Encoding.UTF8.GetBytes(arguments), target, out int countBytes, out ParseError error), $"{error}");
        return target[..countBytes];
    }

    private static IEnumerable<string> Repeat(string text, int count)
    {
        for (int i = 0; i < count; i++) yield return text;
    }
}
