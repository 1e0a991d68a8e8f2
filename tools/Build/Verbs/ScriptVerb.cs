using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using Bootlace.ScriptCheck;

namespace Bootlace.Build;

/// <summary>`script check`: what the loader would refuse in a script, before a machine is started with it.</summary>
public static class ScriptVerb
{
    /// <summary>The verb for the command line.</summary>
    public static Command Create() => new("script", "Work on boot scripts, without a machine.")
    {
        CreateCheck(), CreateBench(),
    };

    private static Command CreateBench()
    {
        Command verb = new("bench", "Measure how fast scripts are parsed and run on this host.");
        verb.SetAction(_ => ScriptBenchmark.Run() > 0 ? 0 : 1);
        return verb;
    }

    private static Command CreateCheck()
    {
        Argument<FileInfo[]> files = new("files")
        {
            Description = "The scripts.",
            Arity = ArgumentArity.OneOrMore,
        };
        files.AcceptExistingOnly();
        Option<bool> trace = new("--trace")
        {
            Description = "Also run them on a machine that is not there, and print each command they come to.",
        };
        Option<string[]> settings = new("--set")
        {
            Description = "A setting for the trace, as net0/mac=52:54:00:00:00:01; may be repeated.",
        };
        Option<string[]> choices = new("--choose")
        {
            Description = "What the trace chooses from the next menu instead of what that proposes; may be repeated.",
        };
        Command verb = new("check", "Say, with line and column, what the loader would refuse in a script.")
        {
            files, trace, settings, choices,
        };
        verb.SetAction(result =>
        {
            CheckRun run = new(Console.Out)
            {
                IsTraced = result.GetValue(trace),
                Settings = result.GetValue(settings) ?? [],
                Choices = result.GetValue(choices) ?? [],
            };
            return run.Run([.. result.GetRequiredValue(files).Select(it => it.ToString())]) ? 0 : 1;
        });
        return verb;
    }
}
