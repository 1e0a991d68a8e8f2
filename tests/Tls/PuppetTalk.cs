using System;
using Bootlace.Crypto;
using Bootlace.Tests.Crypto;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Tls;

/// <summary>Our session and a server that says what a test wants; no network between, and nobody waits.</summary>
internal abstract class PuppetTalk : IDisposable
{
    private const int StepsMax = 100_000, FloodBytes = 400_000;

    private static readonly TestIdentity s_identity = ChainTalk.Server(null);

    private readonly TlsOptions _options;
    private byte[] _arriving = [];

    protected PuppetTalk(Puppet puppet, TlsVersion most, byte[]? ticket)
    {
        Puppet = puppet;
        _options = new TlsOptions(isAesFaster: true, "http/1.1", most: most);
        Session = new TlsSession(_options, ChainTalk.Host, ticket);
    }

    public static TestIdentity Identity => s_identity;

    public TlsSession Session { get; }

    public Puppet Puppet { get; }

    /// <summary>How often the session has asked for a verdict; the answer is yes.</summary>
    public int Verdicts { get; private set; }

    /// <summary>The most that one call adds.</summary>
    public int PieceMax { get; init; } = int.MaxValue;

    /// <summary>One of that version.</summary>
    public static PuppetTalk Make(TlsVersion version) =>
        version == TlsVersion.Tls13 ? new PuppetTalk13() : new PuppetTalk12();

    /// <summary>The whole handshake.</summary>
    public abstract void Connect();

    /// <summary>What the client has sent since last asked.</summary>
    public byte[] TakeSent()
    {
        byte[] sent = Session.Output.ToArray();
        Session.ClearOutput();
        return sent;
    }

    /// <summary>The client goes on with its handshake as far as what the server has said leads.</summary>
    public TlsStep Hear()
    {
        Arrive();
        for (int i = 0; i < StepsMax; i++)
        {
            TlsStep step = Session.Handshake();
            if (step == TlsStep.NeedsVerdict) Verdicts++;
            else if (step == TlsStep.Done || !AddSome()) return step;
        }
        throw new InvalidOperationException("the session never comes to an end");
    }

    /// <summary>The client reads as far as what the server has said leads.</summary>
    /// <returns>How many bytes of data there were, and whether the stream is at its end.</returns>
    public (int Count, bool IsEnd) Read()
    {
        Arrive();
        byte[] room = new byte[20_000];
        int sum = 0;
        for (int i = 0; i < StepsMax; i++)
        {
            TlsRead result = Session.Read(room, out int count);
            sum += count;
            if (result == TlsRead.End) return (sum, true);
            if (result == TlsRead.NeedsInput && !AddSome()) return (sum, false);
        }
        throw new InvalidOperationException("the session never comes to an end");
    }

    /// <summary>Asserts that the handshake fails.</summary>
    public void FailsToHear(FailureKind kind) => IsKind(kind, Assert.Throws<BootFailure>(() => Hear()));

    /// <summary>Asserts that reading fails.</summary>
    public void FailsToRead(FailureKind kind) => IsKind(kind, Assert.Throws<BootFailure>(() => Read()));

    public void Dispose()
    {
        Session.Dispose();
        _options.Dispose();
    }

    /// <summary>Has the server say something over and over.</summary>
    public void Flood(Action say)
    {
        while (Puppet.SaidBytes < FloodBytes) say();
    }

    private static void IsKind(FailureKind kind, BootFailure failure) =>
        Assert.True(failure.Kind == kind, $"wanted {kind.Sentence}, got {failure.Describe()}");

    private void Arrive() => _arriving = [.. _arriving, .. Puppet.TakeSaid()];

    private bool AddSome()
    {
        int count = Math.Min(Math.Min(_arriving.Length, PieceMax), Session.InputRoom.Length);
        if (count == 0) return false;
        _arriving.AsSpan(0, count).CopyTo(Session.InputRoom.Span);
        Session.AddInput(count);
        _arriving = _arriving[count..];
        return true;
    }
}
