using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary><c>ping</c>: sends echoes, one every --timeout, until --count have been sent or Ctrl-C is pressed. It ends
/// as the last of them did.</summary>
public sealed class PingCommand(INetwork network, IScriptClock clock, ITerminal terminal)
    : Command("ping", "<host>", 1, 1, [Size, Timeout, Count, Quiet])
{
    private const long SizeUsual = 64, TimeoutUsualMs = 1000;
    private const int Ipv4Bytes = 4;

    private static readonly Option Size = new("size", 's', "bytes");
    private static readonly Option Timeout = new("timeout", 't', "milliseconds");
    private static readonly Option Count = new("count", 'c', "count");
    private static readonly Option Quiet = new("quiet", 'q');

    /// <inheritdoc/>
    public override async ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        int sizeBytes = (int)Math.Clamp(call.Has(Size) ? call.Number(Size) : SizeUsual, 0, ushort.MaxValue);
        long count = call.Number(Count), timeoutMs = call.Milliseconds(Timeout);
        if (timeoutMs == 0) timeoutMs = TimeoutUsualMs;
        bool isQuiet = call.Has(Quiet);
        byte[] address = await network.ResolveAsync(call.Arguments[0], stop);
        string name = Format(address);
        for (int sequence = 1; ; sequence++)
        {
            long sentAtMs = clock.NowMs;
            BootFailure? failure = null;
            try
            {
                long tookUs = await network.EchoAsync(address, sequence & ushort.MaxValue, sizeBytes, timeoutMs, stop);
                if (!isQuiet)
                    terminal.Write($"{sizeBytes} bytes from {name}: seq={sequence} time={Milliseconds(tookUs)} ms\n");
            }
            catch (BootFailure caught)
            {
                failure = caught;
            }
            if (sequence == count)
                return failure is null ? Status.Success : isQuiet ? Status.Quietly(failure.Kind) : throw failure;
            if (failure is not null && !isQuiet) terminal.Write(ByteText.FromUnicode(failure.Describe()) + "\n");
            long restMs = sentAtMs + timeoutMs - clock.NowMs;
            if (restMs > 0) await clock.Delay(restMs, stop);
        }
    }

    private static string Milliseconds(long us) => $"{us / 1000}.{(us % 1000 / 100):d}";

    private static string Format(byte[] address)
    {
        SettingType type = address.Length == Ipv4Bytes ? SettingTypes.Ipv4 : SettingTypes.Ipv6;
        return type.TryFormat(address, out string text) ? text : "";
    }
}
