using System;

namespace Bootlace.RuntimeChecks;

/// <summary>Runs every check and reports.</summary>
internal static class CheckRun
{
    /// <summary>Prints the name of each group, each failure, and the totals last; returns the number of
    /// failures.</summary>
    public static int All(Action<string> print)
    {
        var list = new CheckList();
        AllChecks.Register(list);
        int passed = 0, failed = 0;
        string group = "";
        foreach (RuntimeCheck check in list.Checks)
        {
            if (check.Group != group) print(group = check.Group);
            try
            {
                check.Body();
                passed++;
            }
            catch (Exception failure)
            {
                failed++;
                print("FAILED " + check.Group + ": " + check.Name + ": " + failure.Message);
            }
        }
        print("RUNTIME-CHECKS passed=" + passed.ToString() + " failed=" + failed.ToString());
        return failed;
    }
}
