using System;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>An echo of ours that may come back (RFC 792). It counts only whole, from whom it was sent to, and with the
/// identifier nobody else can know.</summary>
internal sealed class EchoRequest(Ipv4Address target, ushort identifier, ushort sequence, int dataBytes)
{
    private readonly TaskCompletionSource<Instant> _answered =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ushort Identifier => identifier;

    /// <summary>When it came back.</summary>
    public Task<Instant> Answered => _answered.Task;

    /// <summary>Writes the data that has to come back.</summary>
    public static void Fill(Span<byte> data)
    {
        for (int i = 0; i < data.Length; i++) data[i] = (byte)i;
    }

    public bool IsAnsweredBy(Ipv4Address source, in IcmpView reply) =>
        source == target && reply.Identifier == identifier && reply.Sequence == sequence && HasData(reply.Payload);

    /// <summary>Where other protocols have a sequence number, an echo has identifier and sequence.</summary>
    public bool IsQuotedBy(in IcmpQuote quote) =>
        quote.Target == target && quote.Sequence == new SeqNumber((uint)(identifier << 16 | sequence));

    public void Succeed(Instant now) => _answered.TrySetResult(now);

    public void Fail(BootFailure failure) => _answered.TrySetException(failure);

    public void Cancel() => _answered.TrySetCanceled();

    private bool HasData(ReadOnlySpan<byte> data)
    {
        if (data.Length != dataBytes) return false;
        for (int i = 0; i < data.Length; i++) if (data[i] != (byte)i) return false;
        return true;
    }
}
