using System;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>Whether the switch lets frames through the port we are plugged into, as far as it says so by rapid spanning
/// tree, LACP or IEEE 802.1X. Each holds for about as long as the next message takes to come, so that a switch which
/// falls silent, or somebody who speaks in its name, cannot block us for long.</summary>
internal sealed class PortState(NetworkInterface owner)
{
    /// <summary>The group addresses of one link, IEEE 802.1Q-2018 table 8-1: 01:80:c2:00:00 and one of these.</summary>
    private static ReadOnlySpan<byte> Group => [0x01, 0x80, 0xc2, 0x00, 0x00];
    private const byte Bridges = 0x00, SlowProtocols = 0x02, Authenticators = 0x03;

    private const int AnswersPerSecond = 3;   // what IEEE 802.1AX allows
    private const int HellosMax = 2;
    private static readonly Duration FastWait = Duration.FromSeconds(2), SlowWait = Duration.FromSeconds(31);
    /// <summary>Switches ask every 30 seconds until they go by the station address alone.</summary>
    private static readonly Duration AuthenticationWait = Duration.FromSeconds(45);

    private Instant _treeUntil, _aggregationUntil, _authenticationUntil;
    private RateLimit _answers = new(AnswersPerSecond);
    private byte[] _answer = [];

    /// <summary>Whether frames of ours would get nowhere.</summary>
    public bool IsBlockedAt(Instant now) =>
        now < _treeUntil || now < _aggregationUntil || now < _authenticationUntil;

    /// <summary>Forgets all: the card is plugged in anew, or not listened to.</summary>
    public void Clear() => _treeUntil = _aggregationUntil = _authenticationUntil = default;

    /// <summary>Whether a frame speaks of the port.</summary>
    public static bool IsAbout(in EthernetView frame, MacAddress ours)
    {
        if (frame.TagCount > 0) return false;
        if (frame.Type.IsLength) return IsGroup(frame.Target, Bridges);
        if (frame.Type == EtherType.SlowProtocols) return IsGroup(frame.Target, SlowProtocols);
        return frame.Type == EtherType.Eapol && (frame.Target == ours || IsGroup(frame.Target, Authenticators));
    }

    /// <summary>Takes what such a frame says; false when it is malformed.</summary>
    public bool TryTake(in EthernetView frame, Instant now)
    {
        if (frame.Type.IsLength) return TryTakeTree(frame, now);
        if (frame.Type == EtherType.Eapol) return TryTakeAuthentication(frame.Payload, now);
        return !LacpView.IsLacp(frame.Payload) || TryTakeAggregation(frame.Payload, now);
    }

    private static bool IsGroup(MacAddress target, byte last)
    {
        Span<byte> bytes = stackalloc byte[MacAddress.Bytes];
        target.Write(bytes);
        return bytes.StartsWith(Group) && bytes[^1] == last;
    }

    private bool TryTakeTree(in EthernetView frame, Instant now)
    {
        int countBytes = frame.Type.Value;
        if (countBytes > frame.Payload.Length) return false;
        if (!SpanningTreeView.TryRead(frame.Payload[..countBytes], out SpanningTreeView tree, out _)) return false;
        if (!tree.IsRapid) return true;
        Duration wait = Duration.FromMilliseconds(tree.HelloMilliseconds) * HellosMax;
        _treeUntil = tree.IsForwarding ? default : now + wait;
        return true;
    }

    private bool TryTakeAuthentication(ReadOnlySpan<byte> payload, Instant now)
    {
        if (!EapolView.TryRead(payload, out EapolView eapol, out _)) return false;
        if (eapol.IsQuestion) _authenticationUntil = now + AuthenticationWait;
        else if (eapol.IsDecision) _authenticationUntil = default;
        return true;
    }

    /// <summary>A switch forwards nothing until the other end has answered, so each message gets an answer.</summary>
    private bool TryTakeAggregation(ReadOnlySpan<byte> payload, Instant now)
    {
        const LacpState Working = LacpState.InSync | LacpState.Collecting | LacpState.Distributing;
        if (!LacpView.TryRead(payload, out LacpView lacp, out _)) return false;
        if (lacp.System == owner.Device.Address) return true;   // our own, looped back: an answer would go on for ever
        bool isFast = (lacp.State & LacpState.Fast) != 0;
        _aggregationUntil = (lacp.State & Working) == Working ? default : now + (isFast ? FastWait : SlowWait);
        if (_answers.TryTake(now)) Answer(lacp);
        return true;
    }

    private void Answer(in LacpView question)
    {
        if (_answer.Length == 0) _answer = new byte[EthernetView.HeaderBytes + LacpView.Bytes];
        Span<byte> target = stackalloc byte[MacAddress.Bytes];
        Group.CopyTo(target);
        target[^1] = SlowProtocols;
        MacAddress ours = owner.Device.Address;
        int start = new EthernetHeader(MacAddress.Read(target), ours, EtherType.SlowProtocols).Emit(_answer);
        new LacpAnswer(ours).Emit(question, _answer.AsSpan(start));
        owner.Transmit(_answer);
    }
}
