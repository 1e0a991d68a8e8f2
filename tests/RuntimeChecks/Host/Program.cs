using System;

namespace Bootlace.RuntimeChecks;

/// <summary>Runs the checks on .NET and prints what failed and the totals.</summary>
internal static class Program
{
    private static int Main() => CheckRun.All(Console.WriteLine) == 0 ? 0 : 1;
}
