using System;
using System.CommandLine;
using System.IO;
using Bootlace.Stub;

// Customises a built loader without a compiler: puts a boot script into it as a PE section, which the loader runs
// first.
var source = new Argument<FileInfo>("loader") { Description = "A built loader-x64.efi or loader-arm64.efi." };
var target = new Argument<FileInfo>("result") { Description = "Where the customised loader is written." };
var script = new Option<FileInfo>("--script")
{
    Description = "The boot script to embed; it must begin with #!ipxe.",
    Required = true,
};
var command = new RootCommand("Puts a boot script into a built Bootlace loader.") { source, target, script };
command.SetAction(arguments =>
{
    try
    {
        byte[] text = File.ReadAllBytes(arguments.GetRequiredValue(script).FullName);
        if (!text.AsSpan().StartsWith("#!ipxe"u8))
            throw new InvalidDataException("the script does not begin with #!ipxe");
        byte[] loader = File.ReadAllBytes(arguments.GetRequiredValue(source).FullName);
        File.WriteAllBytes(arguments.GetRequiredValue(target).FullName, PeFile.WithSection(loader, ".script", text));
        return 0;
    }
    catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine(e.Message);
        return 1;
    }
});
return command.Parse(args).Invoke();
