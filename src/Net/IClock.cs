namespace Bootlace.Net;

/// <summary>The only source of time. Only the Pump reads it.</summary>
public interface IClock
{
    /// <summary>The present.</summary>
    Instant Now { get; }

    /// <summary>Idles until about <paramref name="deadline"/>, or returns sooner (a frame, a key, the firmware's own
    /// tick). The test clock jumps straight there, so that tests never wait.</summary>
    void Rest(Instant deadline);
}
