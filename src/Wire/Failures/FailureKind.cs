namespace Bootlace.Wire;

/// <summary>One way the outside world can fail us. Kinds are declared as static fields of a class per area
/// (<c>TftpFailure</c>, <c>DhcpFailure</c> …); their codes are permanent and never reused.</summary>
/// <remarks>A code is 0xEEAANNNN: <c>EE</c> an <see cref="ErrorNumber"/>, <c>AA</c> the area, <c>NNNN</c> the number
/// within it. Areas: 01 firmware, 02 network stack, 03 DHCP, 04 DNS, 05 URI and transfers in general, 06 TFTP, 07 HTTP,
/// 08 file, 09 images, 0a script, 0b SAN, 0c TLS and certificates, 0d trust in images, 0e the date.</remarks>
public sealed class FailureKind(uint code, string sentence, string hint)
{
    /// <summary>The permanent code, 0xEEAANNNN.</summary>
    public uint Code { get; } = code;

    /// <summary>What happened, in general, without a full stop.</summary>
    public string Sentence { get; } = sentence;

    /// <summary>What the user can look at next.</summary>
    public string Hint { get; } = hint;
}
