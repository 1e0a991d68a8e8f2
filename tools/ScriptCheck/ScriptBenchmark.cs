using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Script;

namespace Bootlace.ScriptCheck;

/// <summary>How fast scripts are parsed and run on this host: the language alone, as nothing is fetched or shown. What
/// is measured is the processor's time, so that a busy host tells the same as an idle one.</summary>
public static class ScriptBenchmark
{
    private const int Lines = 100_000;
    private const int LinesOfRound = 4;
    private const int Runs = 3;
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary>Measures and prints: a long script that goes from top to bottom, and a short one that loops.</summary>
    /// <returns>The lines a second of the slower one, in its best run.</returns>
    public static int Run()
    {
        int straight = Measure("from top to bottom", MakeStraight()), looping = Measure("in a loop", MakeLoop());
        return Math.Min(straight, looping);
    }

    private static int Measure(string what, string script)
    {
        var speeds = new List<int>();
        for (int i = 0; i < Runs; i++)
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            RunOnce(script);
            speeds.Add((int)(Lines / (Environment.CpuUsage.TotalTime - before).TotalSeconds));
        }
        Console.WriteLine($"{Lines} lines of set, iseq and goto {what}: {string.Join("  ", speeds)} lines/s");
        speeds.Sort();
        return speeds[^1];
    }

    private static void RunOnce(string script)
    {
        Interpreter interpreter = new StubMachine(TextWriter.Null).Interpreter;
        Task<ScriptEnd> task = interpreter.RunScriptAsync(new ScriptSource("bench", script), CancellationToken.None);
        if (!task.IsCompleted || !task.GetAwaiter().GetResult().Status.IsSuccess)
            throw new InvalidOperationException("the benchmark's script does not come to its end");
    }

    private static string MakeStraight()
    {
        var script = new StringBuilder();
        for (int i = 0; i < Lines / LinesOfRound; i++)
        {
            string word = $"{Digits[i / 36 / 36 % 36]}{Digits[i / 36 % 36]}{Digits[i % 36]}";
            script.Append($"set n {word}\niseq ${{n}} {word}\ngoto {word}\n:{word}\n");
        }
        return script.ToString();
    }

    private static string MakeLoop() =>
        "set i:int32 0\n:loop set n x${i}\ninc i\n" + $"iseq ${{i}} {Lines / LinesOfRound} && goto done ||\n"
        + "goto loop\n:done\n";
}
