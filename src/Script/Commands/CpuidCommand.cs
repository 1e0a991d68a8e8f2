using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary><c>cpuid</c>: asks an x86 for one of its features. Other machines do not have the command.</summary>
public sealed class CpuidCommand(IBuses buses) : Command("cpuid", "<bit>", 1, 1, [Extended, Amd, Ecx])
{
    private const int Bits = 32;
    private static readonly Option Extended = new("ext", 'e'), Amd = new("amd", 'a'), Ecx = new("ecx", 'c');

    /// <inheritdoc/>
    public override ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        long bit = NumberText.Read(call.Arguments[0]);
        if (bit is < 0 or >= Bits) throw new BootFailure(ScriptFailure.BadNumber, $"There is no bit {bit} of 32");
        uint features = buses.ReadCpuFeatures(call.Has(Extended) || call.Has(Amd), call.Has(Ecx));
        return new((features >> (int)bit & 1) != 0 ? Status.Success : Status.Quietly(ScriptFailure.NoCpuFeature));
    }
}
