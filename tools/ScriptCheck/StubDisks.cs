using System.Threading;
using System.Threading.Tasks;
using Bootlace.Script;

namespace Bootlace.ScriptCheck;

/// <summary>Network disks that open at once.</summary>
internal sealed class StubDisks(TracePrinter printer)
{
    public Task HookAsync(SanHook hook, CancellationToken stop)
    {
        printer.Say($"hooks {Describe(hook)}");
        return Task.CompletedTask;
    }

    public Task<Status> BootAsync(SanBoot boot, CancellationToken stop) => throw new TraceEnd(
        $"{Describe(boot.Hook)} would be booted from here{(boot.FileName is { } file ? $": {file}" : "")}",
        isSuccess: true);

    private static string Describe(SanHook hook) =>
        hook.RootPaths.Count > 0 ? ByteText.Join(hook.RootPaths, 0)
        : hook.Drive is { } drive ? $"drive 0x{drive:x}" : "a disk";
}
