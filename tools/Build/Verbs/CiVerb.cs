using System;
using System.CommandLine;
using Bootlace.Harness;
using Bootlace.Tidy;

namespace Bootlace.Build;

/// <summary>`ci`: tidy, then all tests; what .ci/run calls.</summary>
public static class CiVerb
{
    /// <summary>The verb for the command line.</summary>
    public static Command Create()
    {
        Command verb = new("ci", "Everything that continuous integration checks: tidy and test.");
        verb.SetAction(_ =>
        {
            bool isTidy = TidyRun.Print(Repository.Root, Console.Out);
            TestTotals totals = new();
            totals.Add("tidy", isTidy ? 1 : 0, isTidy ? 0 : 1);
            return TestVerb.Run(filter: null, totals);
        });
        return verb;
    }
}
