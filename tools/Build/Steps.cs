using System;
using System.Diagnostics;
using Spectre.Console;

namespace Bootlace.Build;

/// <summary>Shows what goes on, for everything that takes longer than a second.</summary>
public static class Steps
{
    /// <summary>Does one step: a spinner while it runs where there is a terminal, and one line with its time.</summary>
    public static T Run<T>(string title, Func<T> work)
    {
        Stopwatch watch = Stopwatch.StartNew();
        T result;
        if (AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected)
        {
            result = AnsiConsole.Status().Start(Markup.Escape(title) + " ...", _ => work());
        }
        else
        {
            Console.WriteLine($"{title} ...");
            result = work();
        }

        Console.WriteLine($"{title}: {watch.Elapsed.TotalSeconds:0.0} s");
        return result;
    }

    /// <summary>Does one step that has no result.</summary>
    public static void Run(string title, Action work) => Run(title, () =>
    {
        work();
        return true;
    });

    /// <summary>Begins a part of the output.</summary>
    public static void Heading(string title)
    {
        Console.WriteLine();
        Console.WriteLine($"== {title}");
    }
}
