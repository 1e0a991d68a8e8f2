namespace Bootlace.Wire;

/// <summary>The second byte of a login PDU (RFC 7143 section 11.12.1 to 11.12.3).</summary>
/// <param name="Transits">The sender is ready for the next stage: T.</param>
/// <param name="Continues">The text goes on in the next PDU: C.</param>
/// <param name="Stage">See <see cref="LoginStage"/>: CSG.</param>
/// <param name="NextStage">The stage to go to; counts only with <paramref name="Transits"/>: NSG.</param>
internal readonly record struct LoginFlags(bool Transits, bool Continues, byte Stage, byte NextStage)
{
    private const byte TransitBit = 0x80, ContinueBit = 0x40;
    private const int NoStage = 2;

    public byte Value => (byte)((Transits ? TransitBit : 0) | (Continues ? ContinueBit : 0) | Stage << 2 | NextStage);

    /// <summary>Refuses the stage that does not exist, a step that is not forward, and transit with text to
    /// follow.</summary>
    public static bool TryRead(byte value, out LoginFlags flags, out ParseError error)
    {
        bool transits = (value & TransitBit) != 0;
        byte nextStage = transits ? (byte)(value & 3) : (byte)0;
        flags = new LoginFlags(transits, (value & ContinueBit) != 0, (byte)(value >> 2 & 3), nextStage);
        bool isBad = flags.Transits && (flags.Continues || nextStage == NoStage || nextStage <= flags.Stage)
            || flags.Stage is NoStage or LoginStage.FullFeature;
        error = isBad ? ParseError.BadOption : ParseError.None;
        return !isBad;
    }
}
