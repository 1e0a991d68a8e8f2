using System;

namespace Bootlace.Wire;

/// <summary>The answer to a message of LACP: that our end of the link is ready for all that comes.</summary>
/// <param name="System">Our station address.</param>
public readonly record struct LacpAnswer(MacAddress System)
{
    private const ushort LowestPriority = 0xffff, OurKey = 1, OurPort = 1;
    private const int PriorityOffset = 2, KeyOffset = 10, PortPriorityOffset = 12, PortOffset = 14;
    private const LacpState Ready =
        LacpState.Aggregatable | LacpState.InSync | LacpState.Collecting | LacpState.Distributing;

    /// <summary>Writes <see cref="LacpView.Bytes"/> bytes. We want to hear something as often as the other end wants
    /// to.</summary>
    public int Emit(in LacpView question, Span<byte> target)
    {
        target = target[..LacpView.Bytes];
        target.Clear();
        target[0] = LacpView.Subtype;
        target[1] = LacpView.Version;
        Span<byte> actor = target[LacpView.ActorOffset..];
        actor[0] = LacpView.ActorType;
        actor[1] = LacpView.EndBytes;
        BigEndian.WriteU16(actor, PriorityOffset, LowestPriority);
        System.Write(actor[LacpView.SystemOffset..]);
        BigEndian.WriteU16(actor, KeyOffset, OurKey);
        BigEndian.WriteU16(actor, PortPriorityOffset, LowestPriority);
        BigEndian.WriteU16(actor, PortOffset, OurPort);
        actor[LacpView.StateOffset] = (byte)(Ready | question.State & LacpState.Fast);
        Span<byte> partner = target[LacpView.PartnerOffset..];
        partner[0] = LacpView.PartnerType;
        partner[1] = LacpView.EndBytes;
        question.Actor.CopyTo(partner[LacpView.EndInformationOffset..]);
        target[LacpView.CollectorOffset] = LacpView.CollectorType;
        target[LacpView.CollectorOffset + 1] = LacpView.CollectorBytes;
        return LacpView.Bytes;
    }
}
