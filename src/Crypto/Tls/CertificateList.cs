using System;
using System.Collections.Generic;

namespace Bootlace.Crypto;

/// <summary>The C library's certificates, copied out of it as they were sent.</summary>
internal static unsafe class CertificateList
{
    private const int CountMax = 16;

    /// <summary>Each certificate's DER bytes, the first one's first.</summary>
    public static List<byte[]> Copy(nint first)
    {
        List<byte[]> list = [];
        for (nint at = first; at != 0 && list.Count < CountMax; at = Native.CertificateNext(at))
        {
            nuint length;
            byte* bytes = Native.CertificateEncoded(at, &length);
            if (bytes != null) list.Add(new ReadOnlySpan<byte>(bytes, (int)length).ToArray());
        }
        return list;
    }
}
