using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>How asking for the time can fail: area 0e.</summary>
public static class NtpFailure
{
    /// <summary>No answer, or none that counts.</summary>
    public static readonly FailureKind NoAnswer = new(0x4c0e0001,
        "The time server does not answer", "check its address, and that nothing between stops UDP port 123");

    /// <summary>The server will not tell us the time (RFC 5905, section 7.4).</summary>
    public static readonly FailureKind Refused = new(0x020e0002,
        "The time server will not tell us the time", "see its access rules; RATE means that it was asked too often");

    /// <summary>The server does not know the time itself.</summary>
    public static readonly FailureKind NotSynchronized = new(0x060e0003,
        "The time server does not know the time itself", "wait until it has found its own servers, or ask another");
}
