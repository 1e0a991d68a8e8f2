using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary><c>sanboot</c>: starts what is on a disk: on a network disk made a drive for it, or on one that is there
/// already.</summary>
public sealed class SanbootCommand(ISan san)
    : SanCommand("sanboot", san, "[<root-path>...]", 0, Unlimited,
        [Drive, NoDescribe, Keep, FileName, Extra, Label, Uuid, Ram])
{
    private static readonly Option Keep = new("keep", 'k');
    private static readonly Option FileName = new("filename", 'f', "path");
    private static readonly Option Extra = new("extra", 'e', "path");
    private static readonly Option Label = new("label", 'l', "label");
    private static readonly Option Uuid = new("uuid", 'u', "guid");

    /// <inheritdoc/>
    public override async ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        if (call.Has(Ram) && call.Arguments.Count != 1)
            throw new BootFailure(ScriptFailure.BadArgumentCount, "sanboot: --ram takes one URI");
        return await San.BootAsync(
            new SanBoot
            {
                Hook = ReadHook(call),
                IsKept = call.Has(Keep),
                FileName = call.Text(FileName),
                ExtraFileName = call.Text(Extra),
                Label = call.Text(Label),
                PartitionGuid = call.Text(Uuid) is { } text ? SettingTypes.Guid.Parse(text) : Array.Empty<byte>(),
            },
            stop);
    }
}
