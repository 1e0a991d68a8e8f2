using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>Asks a time server (RFC 5905 as a client that asks once, section 14).</summary>
public sealed class NtpClient(Pump pump, NetworkStack stack, IEntropy entropy)
{
    private const ushort ServerPort = 123;
    private const int AttemptsMax = 5, FirstDelayMs = 1000;

    /// <summary>Asks the addresses of a server in turn, waiting 1 s, twice as long each time, up to 31 s in all. The
    /// question carries a number nobody can guess, and only an answer that repeats it counts.</summary>
    /// <param name="addresses">The server's addresses, at least one.</param>
    /// <param name="earliest">What cannot be: an answer before that is read as one of the next era.</param>
    /// <param name="stop">Ctrl-C.</param>
    /// <returns>Seconds since 1970, UTC, right to a few seconds.</returns>
    /// <exception cref="BootFailure">A kind of <see cref="NtpFailure"/>.</exception>
    public async Task<long> AskAsync(IReadOnlyList<IpAddress> addresses, long earliest, CancellationToken stop)
    {
        Check.That(addresses.Count > 0);
        BootFailure? trouble = null;
        for (int attempt = 0; attempt < AttemptsMax; attempt++)
        {
            IpAddress server = addresses[attempt % addresses.Count];
            Instant retryAt = pump.CurrentTime + Duration.FromMilliseconds(FirstDelayMs << attempt);
            try
            {
                if (await AskAsync(server, retryAt, earliest, stop) is { } seconds) return seconds;
            }
            catch (BootFailure failure) when (failure.Kind == NtpFailure.Refused)
            {
                throw;   // who goes on asking is refused all the more
            }
            catch (BootFailure failure)
            {
                trouble = failure;
                Duration rest = retryAt - pump.CurrentTime;
                bool isLast = attempt == AttemptsMax - 1;
                if (!isLast && rest > Duration.Zero) await pump.Delay(rest, stop);
            }
        }
        throw trouble ?? new BootFailure(NtpFailure.NoAnswer, $"The time server {addresses[0]} does not answer");
    }

    /// <summary>One question, from a port of its own; null: no answer in time.</summary>
    private async Task<long?> AskAsync(IpAddress server, Instant deadline, long earliest, CancellationToken stop)
    {
        using UdpSocket socket = stack.BindUdp(null, 0);
        NtpTime cookie = MakeCookie();
        Send(socket, server, cookie);
        while (await socket.WaitAsync(deadline, stop))
        {
            while (socket.TryReceive(out UdpDatagram datagram))
            {
                if (datagram.Source != server || datagram.SourcePort != ServerPort) continue;
                if (!NtpView.TryRead(datagram.Payload, out NtpView answer, out _) || answer.Origin != cookie) continue;
                if (answer.IsRefusal)
                {
                    throw new BootFailure(
                        NtpFailure.Refused, $"The time server {server} refuses to tell the time ({answer.Refusal})");
                }
                if (!answer.IsSynchronized || answer.Transmitted.IsUnknown)
                {
                    throw new BootFailure(
                        NtpFailure.NotSynchronized, $"The time server {server} does not know the time itself");
                }
                return answer.Transmitted.ToUnixTime(earliest);
            }
        }
        return null;
    }

    private NtpTime MakeCookie()
    {
        Span<byte> chance = stackalloc byte[sizeof(ulong)];
        entropy.Fill(chance);
        return new NtpTime(BinaryPrimitives.ReadUInt64LittleEndian(chance));
    }

    private static void Send(UdpSocket socket, IpAddress server, NtpTime cookie)
    {
        Span<byte> query = stackalloc byte[NtpView.Bytes];
        int countBytes = new NtpQuery(cookie).Emit(query);
        socket.Send(server, ServerPort, query[..countBytes]);
    }
}
