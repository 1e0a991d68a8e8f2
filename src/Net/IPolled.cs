namespace Bootlace.Net;

/// <summary>Something the Pump looks at on each of its turns: the network stack, the keyboard.</summary>
public interface IPolled
{
    /// <summary>Does whatever is due at <paramref name="now"/>. Returns true if something happened, so that the Pump
    /// does not rest yet.</summary>
    bool Poll(Instant now);

    /// <summary>When <see cref="Poll"/> must be called at the latest even if nothing arrives.</summary>
    Instant NextDeadline { get; }
}
