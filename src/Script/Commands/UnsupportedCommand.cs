using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary>A command of iPXE that makes no sense here: it belongs to hardware this loader does not drive, or to the
/// BIOS. It is known, so that a script may go on after <c>||</c> and a user learns that nothing is misspelt.</summary>
public sealed class UnsupportedCommand(string name, string argumentsText, IReadOnlyList<Option> options)
    : Command(name, argumentsText, 0, Unlimited, options)
{
    /// <summary>All of them.</summary>
    public static Command[] CreateAll() =>
    [
        new UnsupportedCommand("profstat", "", []),
        new UnsupportedCommand("gdbstub", "<transport> [<options>...]", []),
        new UnsupportedCommand("fcstat", "", []),
        new UnsupportedCommand("fcels", "<command>", [new("port", 'p', "port"), new("id", 'i', "id")]),
        new UnsupportedCommand("ibstat", "[<device>...]", []),
        new UnsupportedCommand("iwstat", "[<interface>...]", []),
        new UnsupportedCommand("iwlist", "[<interface>...]", []),
        new UnsupportedCommand("startpxe", "[<interface>]", []),
        new UnsupportedCommand("stoppxe", "", []),
    ];

    /// <inheritdoc/>
    public override ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop) =>
        throw new BootFailure(ScriptFailure.NotSupportedHere, $"{Name}: not supported by this loader");
}
