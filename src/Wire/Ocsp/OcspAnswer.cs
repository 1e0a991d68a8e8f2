namespace Bootlace.Wire;

/// <summary>What a responder says of one certificate (RFC 6960, section 4.2.1).</summary>
/// <param name="Status">What.</param>
/// <param name="From">Since when it is known to be so, in seconds since 1970.</param>
/// <param name="Until">When there will be newer knowledge; <see cref="long.MaxValue"/>: at any time.</param>
public readonly record struct OcspAnswer(OcspStatus Status, long From, long Until);
