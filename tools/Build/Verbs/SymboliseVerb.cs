using System;
using System.CommandLine;
using System.IO;
using Bootlace.Harness;

namespace Bootlace.Build;

/// <summary>`symbolise`: names for the addresses that a crash printed.</summary>
public static class SymboliseVerb
{
    /// <summary>The verb for the command line.</summary>
    public static Command Create()
    {
        Argument<string[]> addresses = new("addresses")
        {
            Description = "The printed addresses, as 0x1a2b; without any, a log is read from the standard input.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string?> image = new("--image")
        {
            Description = "Name of the image in artifacts/, or a path, with its .pdb beside it; otherwise the loader "
                + "for the processor that the crash names, or x64.",
        };
        Command verb = new("symbolise", "Turn the addresses that a crash printed into names.") { addresses, image };
        verb.SetAction(result =>
        {
            string[] given = result.GetValue(addresses) ?? [];
            string text = given.Length > 0 ? string.Join(' ', given) : Console.In.ReadToEnd();
            Architecture architecture = Symbolizer.FindArchitecture(text) ?? Architecture.X64;
            string name = result.GetValue(image) ?? $"loader-unpacked-{architecture.OurName()}.efi";
            string path = File.Exists(name) ? name : Path.Combine(Repository.Artifacts, name);
            if (!File.Exists(path))
                throw new HarnessException($"There is no image {path}: './build.sh loader' makes it.");
            if (Symbolizer.Print(path, text))
                return 0;
            Console.Error.WriteLine("There is no address like 0x1a2b in that.");
            return 1;
        });
        return verb;
    }
}
