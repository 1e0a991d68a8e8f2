using System;
using Bootlace.Wire;

namespace Bootlace.Crypto;

/// <summary>A message being hashed, piece by piece; or a whole one at once, by the static functions.</summary>
public sealed unsafe class Digest : IDisposable
{
    private readonly HashKind _kind;
    private nint _context;

    /// <summary>Begins with an empty message.</summary>
    /// <exception cref="BootFailure">There is no memory.</exception>
    public Digest(HashKind kind)
    {
        _kind = kind;
        nint info = InfoOf(kind);
        _context = CLibrary.Allocate(Native.SizeOf(Structure.Digest));
        Native.DigestInitialize(_context);
        int status = Native.DigestSetup(_context, info, hmac: 0);
        if (status == 0) status = Native.DigestStart(_context);
        if (status == 0) return;
        Dispose();
        throw CryptoFailure.Of("a digest cannot be begun", status);
    }

    /// <summary>Hashes a whole message.</summary>
    /// <returns>The digest's length.</returns>
    public static int Compute(HashKind kind, ReadOnlySpan<byte> message, Span<byte> target)
    {
        nint info = InfoOf(kind);
        Check.That(target.Length >= HashKinds.DigestBytesOf(kind));
        fixed (byte* bytes = message, digest = target)
            Require(Native.DigestOf(info, bytes, (nuint)message.Length, digest));
        return HashKinds.DigestBytesOf(kind);
    }

    /// <summary>The keyed digest of a message (RFC 2104).</summary>
    /// <returns>Its length.</returns>
    public static int ComputeHmac(
        HashKind kind, ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, Span<byte> target)
    {
        nint info = InfoOf(kind);
        Check.That(target.Length >= HashKinds.DigestBytesOf(kind));
        fixed (byte* secret = key, bytes = message, digest = target)
            Require(Native.Hmac(info, secret, (nuint)key.Length, bytes, (nuint)message.Length, digest));
        return HashKinds.DigestBytesOf(kind);
    }

    /// <summary>Takes the next piece of the message.</summary>
    public void Add(ReadOnlySpan<byte> piece)
    {
        Check.That(_context != 0);
        fixed (byte* bytes = piece) Require(Native.DigestAdd(_context, bytes, (nuint)piece.Length));
    }

    /// <summary>Writes the digest of all that was added, and begins an empty message.</summary>
    /// <returns>Its length.</returns>
    public int Finish(Span<byte> target)
    {
        Check.That(_context != 0 && target.Length >= HashKinds.DigestBytesOf(_kind));
        fixed (byte* digest = target) Require(Native.DigestFinish(_context, digest));
        Require(Native.DigestStart(_context));
        return HashKinds.DigestBytesOf(_kind);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_context == 0) return;
        Native.DigestFree(_context);
        CLibrary.Release(_context);
        _context = 0;
    }

    /// <summary>A function's mbedtls_md_type_t; 0: none.</summary>
    internal static int TypeOf(HashKind kind) => kind switch
    {
        HashKind.Md5 => 3,
        HashKind.Sha1 => 5,
        HashKind.Sha224 => 8,
        HashKind.Sha256 => 9,
        HashKind.Sha384 => 10,
        HashKind.Sha512 => 11,
        HashKind.Sha3 => 0x11,
        _ => 0,
    };

    private static nint InfoOf(HashKind kind)
    {
        CLibrary.Use();
        nint info = Native.DigestInfo(TypeOf(kind));
        Check.That(info != 0);
        return info;
    }

    private static void Require(int status)
    {
        if (status != 0) throw CryptoFailure.Of("a digest cannot be computed", status);
    }
}
