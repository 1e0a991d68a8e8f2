namespace Bootlace.Wire;

/// <summary>A block of a PEM text (RFC 7468).</summary>
/// <param name="Label">What stands after BEGIN: CERTIFICATE, CMS, PKCS7 …</param>
/// <param name="Bytes">What it says.</param>
public sealed record PemBlock(string Label, byte[] Bytes);
