using System;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.San;

/// <summary>One login from the first key to full feature phase (RFC 7143 section 6.3): who is who, then what is
/// used.</summary>
internal sealed class LoginConversation(
    LoginExchange exchange, IEntropy entropy, IscsiOptions options, IscsiCredentials credentials, bool isDiscovery,
    bool isOldTarget)
{
    private const int ChallengeBytesMax = 1024;

    private readonly byte[] _text = new byte[IscsiConnection.DefaultSegmentBytesMax];
    private readonly OperationalKeys _keys = new(isDiscovery);
    private bool _mayMisunderstand;

    /// <summary>The target has refused, perhaps only because it knows no CHAP but that with MD5.</summary>
    public bool MayBeOldTarget => _mayMisunderstand && !isOldTarget
        && exchange.Status is LoginStatus.InitiatorError or LoginStatus.AuthenticationFailure;

    /// <summary>The target must prove who it is. A list of targets is only a list: the login to one of them settles
    /// it.</summary>
    private bool MustProve => credentials.IsMutual && !isDiscovery;

    /// <summary>Runs it.</summary>
    public async Task<IscsiParameters> RunAsync(CancellationToken stop)
    {
        await IntroduceAsync(stop);
        await FinishStageAsync(LoginStage.Operational, stop);
        await exchange.StepAsync(_text.AsMemory(0, _keys.WriteOffer(_text)), transits: true, stop);
        TakeKeys();
        await FinishStageAsync(LoginStage.FullFeature, stop);
        return _keys.Settle(exchange);
    }

    /// <summary>Says who we are and proves it where that is wanted. We are always ready for the next stage
    /// then.</summary>
    private async Task IntroduceAsync(CancellationToken stop)
    {
        bool hasChoice = credentials.HasUser;
        await exchange.StepAsync(_text.AsMemory(0, WriteIntroduction()), transits: !hasChoice, stop);
        TakeKeys();
        bool isNamed = exchange.TryFind("AuthMethod", out ReadOnlySpan<byte> method);
        bool isNone = isNamed ? method.SequenceEqual("None"u8) : !hasChoice;
        if (isNone && !MustProve) return;
        if (!isNamed) throw exchange.Broken("it does not choose a way of authentication");
        if (!hasChoice || !method.SequenceEqual("CHAP"u8)) throw NothingInCommon(method);
        await AuthenticateAsync(stop);
    }

    private int WriteIntroduction()
    {
        var writer = new IscsiTextWriter(_text);
        bool fits = writer.TryAdd("InitiatorName", options.InitiatorName)
            && (isDiscovery || writer.TryAdd("TargetName", options.Path.TargetName))
            && writer.TryAdd("SessionType", isDiscovery ? "Discovery" : "Normal")
            && writer.TryAdd("AuthMethod", MustProve ? "CHAP" : credentials.HasUser ? "CHAP,None" : "None");
        Check.That(fits);
        return writer.Bytes;
    }

    private BootFailure NothingInCommon(ReadOnlySpan<byte> method)
    {
        string why = !credentials.HasUser ? "wants CHAP or the like, and no username is set"
            : MustProve && method.SequenceEqual("None"u8) ? "wants no CHAP, so it cannot prove who it is"
            : "takes none of the ways of authentication we have";
        return new BootFailure(SanFailure.NoCommonAuthentication, $"The iSCSI target at {exchange.Peer} {why}");
    }

    /// <summary>CHAP (RFC 7143 section 12.1.3). The stage is ended with our response, as in the RFC's examples: LIO
    /// skips its answer when we are ready earlier, tgt refuses another request behind its answer.</summary>
    private async Task AuthenticateAsync(CancellationToken stop)
    {
        _mayMisunderstand = true;
        await exchange.StepAsync(_text.AsMemory(0, WriteAlgorithms()), transits: false, stop);
        ChapAlgorithm algorithm = ReadAlgorithm();
        _mayMisunderstand = algorithm.IsSha256;
        byte[] response = Answer(algorithm, out ReadOnlySpan<byte> challenge);
        if (!credentials.IsMutual)
        {
            await exchange.StepAsync(_text.AsMemory(0, WriteResponse(response)), transits: true, stop);
            TakeKeys();
            return;
        }
        byte[] ours = new byte[1 + algorithm.Bytes];   // the identifier, then the challenge
        entropy.Fill(ours);
        // Our challenge may not be the target's own, or it could give us our answer back.
        if (challenge.SequenceEqual(ours.AsSpan(1))) ours[1] ^= 0x80;
        await exchange.StepAsync(_text.AsMemory(0, WriteResponse(response, ours)), transits: true, stop);
        Verify(algorithm, ours);
        TakeKeys();
    }

    private int WriteAlgorithms()
    {
        var writer = new IscsiTextWriter(_text);
        Check.That(writer.TryAdd("CHAP_A", isOldTarget ? ChapAlgorithm.OfferToOldTargets : ChapAlgorithm.Offer));
        return writer.Bytes;
    }

    private ChapAlgorithm ReadAlgorithm()
    {
        if (!exchange.TryFind("CHAP_A", out ReadOnlySpan<byte> value))
            throw exchange.Broken("it does not choose a CHAP_A");
        if (value.SequenceEqual("Reject"u8))
        {
            throw new BootFailure(SanFailure.NoCommonAuthentication,
                $"The iSCSI target at {exchange.Peer} has no CHAP algorithm in common with us");
        }
        if (!IscsiBinary.TryReadNumber(value, out ulong number)
            || !ChapAlgorithm.TryGet(number, out ChapAlgorithm algorithm) || (isOldTarget && !algorithm.IsMd5))
            throw exchange.Broken("it chooses a CHAP_A that was not offered");
        return algorithm;
    }

    /// <summary>Our response to the target's challenge.</summary>
    private byte[] Answer(ChapAlgorithm algorithm, out ReadOnlySpan<byte> challenge)
    {
        if (!exchange.TryFind("CHAP_I", out ReadOnlySpan<byte> value)
            || !IscsiBinary.TryReadNumber(value, out ulong identifier) || identifier > byte.MaxValue)
            throw exchange.Broken("its CHAP_I is missing or no byte");
        byte[] buffer = new byte[ChallengeBytesMax];
        if (!exchange.TryFind("CHAP_C", out value) || !IscsiBinary.TryRead(value, buffer, out int bytes, out _))
            throw exchange.Broken("its CHAP_C is missing, malformed or too long");
        challenge = buffer.AsSpan(0, bytes);
        return algorithm.Respond((byte)identifier, credentials.Secret, challenge);
    }

    private int WriteResponse(ReadOnlySpan<byte> response, ReadOnlySpan<byte> ours = default)
    {
        var writer = new IscsiTextWriter(_text);
        bool fits = writer.TryAdd("CHAP_N", credentials.UserName) && writer.TryAddBinary("CHAP_R", response);
        if (ours.Length > 0) fits &= writer.TryAdd("CHAP_I", ours[0]) && writer.TryAddBinary("CHAP_C", ours[1..]);
        Check.That(fits);
        return writer.Bytes;
    }

    /// <summary>The target's response to our challenge: there, by the right name, right. A target that challenges us
    /// once more instead has us answer what somebody else was asked.</summary>
    private void Verify(ChapAlgorithm algorithm, ReadOnlySpan<byte> ours)
    {
        if (exchange.TryFind("CHAP_C", out _) || exchange.TryFind("CHAP_I", out _))
            throw NotAuthentic("challenges us again where it has to answer");
        if (!exchange.TryFind("CHAP_N", out ReadOnlySpan<byte> name)
            || !exchange.TryFind("CHAP_R", out ReadOnlySpan<byte> value))
            throw NotAuthentic("does not answer our CHAP challenge");
        if (!name.SequenceEqual(Encoding.UTF8.GetBytes(credentials.ReverseUserName)))
            throw NotAuthentic("answers our CHAP challenge by another name");
        byte[] expected = algorithm.Respond(ours[0], credentials.ReverseSecret, ours[1..]);
        byte[] response = new byte[expected.Length];
        if (!IscsiBinary.TryRead(value, response, out int bytes, out _) || bytes != expected.Length
            || !response.AsSpan().SequenceEqual(expected))
            throw NotAuthentic("does not know the reverse secret");
    }

    private BootFailure NotAuthentic(string how) =>
        new(SanFailure.TargetNotAuthentic, $"The iSCSI target at {exchange.Peer} {how}");

    /// <summary>Says that we are ready, and answers what the target still asks, until it is ready, too. The exchange
    /// bounds how often.</summary>
    private async Task FinishStageAsync(byte next, CancellationToken stop)
    {
        while (exchange.Stage != next)
        {
            await exchange.StepAsync(_text.AsMemory(0, _keys.WriteReplies(_text)), transits: true, stop);
            TakeKeys();
        }
    }

    private void TakeKeys()
    {
        if (!IscsiText.TryRead(exchange.Answer, out IscsiText text, out _)) return;
        foreach (IscsiTextPair pair in text)
        {
            if (!_keys.TryTake(pair)) throw Negotiated(pair.Key);
        }
    }

    private BootFailure Negotiated(ReadOnlySpan<byte> key) => new(SanFailure.NegotiationFailed,
        $"The iSCSI target at {exchange.Peer} settled {Encoding.ASCII.GetString(key)} on an impossible value");
}
