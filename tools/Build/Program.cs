using System;
using System.CommandLine;
using System.Linq;
using System.Threading.Tasks;
using Bootlace.Harness;

namespace Bootlace.Build;

/// <summary>The door: one verb for every chore.</summary>
public static class Program
{
    /// <summary>Runs the verb.</summary>
    /// <returns>0 when all went well, 1 when not, 2 when something the machine lacks is in the way.</returns>
    public static async Task<int> Main(string[] args)
    {
        RootCommand root = new("Bootlace: build, boot and test the network boot loader.")
        {
            RunVerb.Create(), TestVerb.Create(), LoaderVerb.Create(), BenchVerb.Create(), SeededVerb.CreateSim(),
            SeededVerb.CreateFuzz(), TidyVerb.Create(), CiVerb.Create(), SymboliseVerb.Create(),
            TrustVerb.Create(), ScriptVerb.Create(), KeymapsVerb.Create(),
        };
        try
        {
            InvocationConfiguration configuration = new() { EnableDefaultExceptionHandler = false };
            return await root.Parse(args).InvokeAsync(configuration);
        }
        catch (HarnessException failure)
        {
            Console.Error.WriteLine();
            Console.Error.WriteLine(failure.Message);
            return 2;
        }
    }
}
