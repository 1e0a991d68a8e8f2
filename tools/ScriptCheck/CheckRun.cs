using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Bootlace.Script;
using Bootlace.Wire;

namespace Bootlace.ScriptCheck;

/// <summary>Checks files, and traces them if wanted.</summary>
/// <param name="Output">Where all of it is printed.</param>
public sealed record CheckRun(TextWriter Output)
{
    /// <summary>Whether scripts are also run, on a machine that is not there.</summary>
    public bool IsTraced { get; init; }

    /// <summary>Settings before a trace begins, each as <c>name=value</c>.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>What is chosen from menus.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Checks the files one after the other.</summary>
    /// <returns>Whether the loader would refuse nothing in them, and their traces came to a good end.</returns>
    public bool Run(IReadOnlyList<string> paths)
    {
        int refusals = 0, warnings = 0;
        bool isGood = true;
        foreach (string path in paths)
        {
            byte[] content = Unwrap(File.ReadAllBytes(path));
            IReadOnlyList<Finding> findings = Check(path, content);
            foreach (Finding finding in findings) Output.WriteLine(finding.Describe(path));
            int refused = findings.Count(it => it.IsRefusal);
            refusals += refused;
            warnings += findings.Count - refused;
            if (IsTraced && ScriptSource.IsScript(content)) isGood &= Trace(path, content);
        }
        Output.WriteLine($"{Count(paths.Count, "script")}: {Count(refusals, "refusal")}, {Count(warnings, "warning")}");
        return isGood && refusals == 0;
    }

    /// <summary>Checks a script.</summary>
    public static IReadOnlyList<Finding> Check(string path, ReadOnlySpan<byte> content) =>
        ScriptChecker.Check(path, content, new StubMachine(TextWriter.Null).Interpreter);

    /// <summary>The script inside a MIME message: lines are counted in it. Anything else as it is.</summary>
    private static byte[] Unwrap(byte[] file) =>
        !ScriptSource.IsScript(file) && MimeScript.TryRead(file, out byte[] script, out _) ? script : file;

    private bool Trace(string path, byte[] content)
    {
        var machine = new StubMachine(Output, Path.GetDirectoryName(Path.GetFullPath(path))!, Choices);
        try
        {
            foreach (string setting in Settings)
            {
                int equals = setting.IndexOf('=');
                string name = equals < 0 ? setting : setting[..equals];
                machine.Settings.StoreText(
                    ByteText.FromUnicode(name), equals < 0 ? "" : ByteText.FromUnicode(setting[(equals + 1)..]));
            }
        }
        catch (BootFailure failure)
        {
            Output.WriteLine(failure.Describe());
            return false;
        }
        return machine.Trace(Path.GetFileName(path), content);
    }

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}
