using System;
using System.CommandLine;
using Bootlace.Harness;
using Bootlace.Tidy;

namespace Bootlace.Build;

/// <summary>`tidy`: the rules of layering and style that a machine can judge.</summary>
public static class TidyVerb
{
    /// <summary>The verb for the command line.</summary>
    public static Command Create()
    {
        Argument<string> folder = new("folder")
        {
            Description = "Look at this folder alone, such as src/Net.",
            DefaultValueFactory = _ => "",
        };
        Option<bool> fix = new("--fix") { Description = "First wrap overlong comments and trim blanks at line ends." };
        Command verb = new("tidy", "Check layers, names, text and tests of the whole tree (seconds, builds nothing).")
        {
            folder, fix,
        };
        verb.SetAction(result =>
        {
            string prefix = result.GetValue(folder)!;
            if (result.GetValue(fix))
                Console.WriteLine($"tidy: repaired {CommentWrap.Apply(Repository.Root, prefix)} files");
            return TidyRun.Print(Repository.Root, Console.Out, prefix) ? 0 : 1;
        });
        return verb;
    }
}
