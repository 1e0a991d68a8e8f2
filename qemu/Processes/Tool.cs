using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading.Tasks;

namespace Bootlace.Harness;

/// <summary>Programs that are run to their end for their exit status and output.</summary>
public static class Tool
{
    /// <summary>Runs a program and collects what it prints.</summary>
    public static ToolResult Capture(
        string program,
        IEnumerable<string> arguments,
        string? folder = null,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        using ChildProcess child = ChildProcess.Start(program, arguments, redirect: true, folder, environment);
        child.Input.Close();
        Task<string> output = ReadAsync(child.Output);
        Task<string> errors = ReadAsync(child.Errors);
        Task.WaitAll(output, errors);
        return new ToolResult(child.Wait(), output.Result, errors.Result);
    }

    /// <summary>Runs a program that shares our console.</summary>
    /// <returns>Its exit status.</returns>
    public static int Run(
        string program,
        IEnumerable<string> arguments,
        string? folder = null,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        using ChildProcess child = ChildProcess.Start(program, arguments, redirect: false, folder, environment);
        return child.Wait();
    }

    /// <summary>Runs a program that has to succeed.</summary>
    /// <returns>Its standard output.</returns>
    /// <exception cref="HarnessException">It failed; the message ends with the last lines it printed.</exception>
    public static string Require(
        string program,
        IEnumerable<string> arguments,
        string? folder = null,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        List<string> list = [.. arguments];
        ToolResult result = Capture(program, list, folder, environment);
        if (result.ExitCode == 0)
            return result.Output;
        throw new HarnessException(
            $"{program} {string.Join(' ', list)} failed with status {result.ExitCode}:\n{result.Tail(20)}");
    }

    private static async Task<string> ReadAsync(Stream stream)
    {
        using StreamReader reader = new(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync().ConfigureAwait(false);
    }
}
