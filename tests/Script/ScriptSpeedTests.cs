using System;
using Bootlace.Script;
using Xunit;

namespace Bootlace.Tests.Script;

/// <summary>Protects the interpreter's speed by what it allocates, which is the same on a busy host: a menu on a slow
/// machine shall not wait for the language. <c>./build.sh script bench</c> measures time.</summary>
public class ScriptSpeedTests
{
    // Seen were 1400.
    private const int BytesOfLineMax = 2500;

    [Fact]
    public void ALineOfALoopAllocatesLittle()
    {
        long few = BytesOf(Loop(1000)), many = BytesOf(Loop(11_000));
        Assert.InRange((many - few) / 40_000, 0, BytesOfLineMax);
    }

    [Fact]
    public void ALongScriptsLineAllocatesNoMoreThanAShortOnes()
    {
        long few = BytesOf(Straight(1000)), many = BytesOf(Straight(11_000));
        Assert.InRange((many - few) / 40_000, 0, BytesOfLineMax);
    }

    private static long BytesOf(string script)
    {
        var world = new ScriptWorld();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Status status = world.Run(script);
        long after = GC.GetAllocatedBytesForCurrentThread();
        Assert.True(status.IsSuccess, world.Output);
        return after - before;
    }

    private static string Loop(int rounds) =>
        $"set i:int32 0\n:loop set n x${{i}}\ninc i\niseq ${{i}} {rounds} && goto done ||\ngoto loop\n:done\n";

    private static string Straight(int rounds)
    {
        string[] parts = new string[rounds];
        for (int i = 0; i < rounds; i++) parts[i] = $"set n {i}\niseq ${{n}} {i}\ngoto {i}\n:{i}\n";
        return string.Concat(parts);
    }
}
