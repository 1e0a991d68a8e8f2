using System;
using Bootlace.Crypto;
using Bootlace.Tests.Support;
using Bootlace.Tests.Tls;
using Bootlace.Wire;

namespace Bootlace.Tests.Fuzz;

/// <summary>The rows of what a TLS server sends: an input is said by a server that has the right keys. The library
/// gives back all its memory, and comes to an end, whatever it reads.</summary>
internal static class TlsParsers
{
    private const int BytesLeftMax = 2000;
    private const int SessionIdAt = 5 + 39, SessionIdBytes = 32;   // in the record of a ServerHello

    public static readonly FuzzRow[] All =
    [
        new("TlsAnswer12", Answer12, Sample12),
        new("TlsRetry13", Retry13, Sample13),
        new("TlsExtensions13", Extensions13,
            [8, 0, 0, 2, 0, 0], [8, 0, 0, 17, 0, 15, 0, 16, 0, 11, 0, 9, 8, .. "http/1.1"u8], [8, 0, 0, 10, 0, 8,
                0, 10, 0, 4, 0, 2, 0, 29]),
        new("TlsRecord13", Record13,
            [Puppet.Data, 1, 2], [Puppet.Alert, 1, 0],
            [Puppet.Handshake, Puppet.NewSessionTicket, 0, 0, 18, .. Puppet13.TicketBody(4)]),
        new("TlsRecord12", Record12, [Puppet.Data, 1, 2], [Puppet.Alert, 1, 90], [Puppet.Handshake, 0, 0, 0, 0]),
    ];

    /// <summary>ServerHello, certificate and share, in the clear.</summary>
    private static byte[] Sample12
    {
        get
        {
            using var talk = new PuppetTalk12(TlsVersion.Tls12);
            talk.Server.Answer(talk.Begin());
            return talk.Server.TakeSaid();
        }
    }

    private static byte[] Sample13
    {
        get
        {
            using var talk = new PuppetTalk13();
            talk.Session.Handshake();
            talk.Server.AskAgain(talk.TakeSent());
            return talk.Server.TakeSaid();
        }
    }

    /// <summary>Whether it comes as far as the certificate's verdict.</summary>
    private static bool Answer12(ReadOnlySpan<byte> bytes)
    {
        byte[] input = bytes.ToArray();
        return Run(() => new PuppetTalk12(TlsVersion.Tls12), talk =>
        {
            talk.Begin();
            talk.Server.SayBytes(input);
            try
            {
                talk.Hear();
            }
            catch (BootFailure)
            {
                // the share is signed for another session
            }
            return talk.Verdicts > 0;
        });
    }

    /// <summary>Whether the client offers another share.</summary>
    private static bool Retry13(ReadOnlySpan<byte> bytes)
    {
        byte[] input = bytes.ToArray();
        return Run(() => new PuppetTalk13(), talk =>
        {
            talk.Session.Handshake();
            byte[] hello = talk.TakeSent();
            if (input.Length >= SessionIdAt + SessionIdBytes)
                hello.AsSpan(SessionIdAt, SessionIdBytes).CopyTo(input.AsSpan(SessionIdAt));
            talk.Server.SayBytes(input);
            talk.Hear();
            return talk.TakeSent().Length > 0;
        });
    }

    private static bool Extensions13(ReadOnlySpan<byte> bytes)
    {
        byte[] input = bytes.ToArray();
        return Run(() => new PuppetTalk13(), talk =>
        {
            talk.Agree();
            talk.Server.Say(Puppet.Handshake, input);
            talk.Hear();
            return true;
        });
    }

    private static bool Record13(ReadOnlySpan<byte> bytes)
    {
        byte[] input = bytes.ToArray();
        if (input.Length == 0) return false;
        return Run(() => new PuppetTalk13(), talk =>
        {
            talk.Connect();
            talk.Server.Say(input[0], input[1..]);
            talk.Read();
            return true;
        });
    }

    private static bool Record12(ReadOnlySpan<byte> bytes)
    {
        byte[] input = bytes.ToArray();
        if (input.Length == 0) return false;
        return Run(() => new PuppetTalk12(TlsVersion.Tls12), talk =>
        {
            talk.Connect();
            talk.Server.Say(input[0], input[1..]);
            talk.Read();
            return true;
        });
    }

    private static bool Run<T>(Func<T> begin, Func<T, bool> play) where T : PuppetTalk
    {
        int before = TestPlatform.UsedBytes;
        bool isAccepted = false;
        using (T talk = begin())
        {
            try
            {
                isAccepted = play(talk);
            }
            catch (BootFailure)
            {
                // refused
            }
        }
        Check.That(TestPlatform.UsedBytes <= before + BytesLeftMax);
        return isAccepted;
    }
}
