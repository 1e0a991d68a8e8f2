using System;
using System.Buffers.Binary;

namespace Bootlace.Harness;

/// <summary>A certificate as UEFI keeps the certificates it trusts (UEFI specification, section 32.4.1): what OVMF
/// takes over for its own HTTPS, and iPXE from it.</summary>
public static class SignatureList
{
    /// <summary>Where EDK2 looks for such a list among QEMU's files for the firmware.</summary>
    public const string TlsRoots = "etc/edk2/https/cacerts";

    private const int GuidBytes = 16, HeaderBytes = GuidBytes + 3 * sizeof(int);
    private static readonly Guid s_certificateKind = new("a5c059a1-94e4-4aa7-87b5-ab155c2bf072");

    /// <summary>The list with one certificate; whose it is it does not say.</summary>
    public static byte[] Of(TestIdentity identity)
    {
        byte[] certificate = identity.Der;
        byte[] list = new byte[HeaderBytes + GuidBytes + certificate.Length];
        s_certificateKind.TryWriteBytes(list);
        Span<byte> sizes = list.AsSpan(GuidBytes);
        BinaryPrimitives.WriteInt32LittleEndian(sizes, list.Length);
        BinaryPrimitives.WriteInt32LittleEndian(sizes[4..], 0);   // no header
        BinaryPrimitives.WriteInt32LittleEndian(sizes[8..], GuidBytes + certificate.Length);
        certificate.CopyTo(list.AsSpan(HeaderBytes + GuidBytes));
        return list;
    }
}
