using System;
using System.Text;
using Bootlace.Wire;

namespace Bootlace.San;

/// <summary>The names and secrets of a login, checked for their mix: name and secret only together, the target's pair
/// only beside ours (spec/ipxe-compat.md 6.2). Disposing wipes these copies of the secrets.</summary>
internal sealed class IscsiCredentials : IDisposable
{
    /// <summary>What the value of a key may be at most (RFC 7143 section 6.1).</summary>
    private const int ValueBytesMax = 255;

    public IscsiCredentials(IscsiOptions options)
    {
        if (!RootPath.IsName(options.InitiatorName)) throw new BootFailure(SanFailure.BadInitiatorName);
        UserName = ReadName(options.UserName, "username");
        Secret = ReadSecret(options.Password, "password");
        ReverseUserName = ReadName(options.ReverseUserName, "reverse-username");
        ReverseSecret = ReadSecret(options.ReversePassword, "reverse-password");
        Require(UserName.Length > 0 == Secret.Length > 0, "username and password belong together");
        Require(ReverseUserName.Length > 0 == ReverseSecret.Length > 0,
            "reverse-username and reverse-password belong together");
        Require(!IsMutual || UserName.Length > 0, "reverse-username needs a username");
        // RFC 7143 section 9.2.1: with one secret for both ways, a false target could have us answer our own challenge
        // on another connection.
        Require(!IsMutual || !Secret.AsSpan().SequenceEqual(ReverseSecret),
            "password and reverse-password must not be the same");
    }

    /// <summary>Our account; empty: none.</summary>
    public string UserName { get; }

    /// <summary>Its secret.</summary>
    public byte[] Secret { get; }

    /// <summary>The target's account; empty: it need not prove anything.</summary>
    public string ReverseUserName { get; }

    /// <summary>Its secret.</summary>
    public byte[] ReverseSecret { get; }

    /// <summary>We can prove who we are.</summary>
    public bool HasUser => UserName.Length > 0;

    /// <summary>The target has to prove who it is.</summary>
    public bool IsMutual => ReverseUserName.Length > 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        Array.Clear(Secret);
        Array.Clear(ReverseSecret);
    }

    private static string ReadName(string? text, string setting)
    {
        string name = text ?? "";
        Require(Encoding.UTF8.GetByteCount(name) <= ValueBytesMax && name.IndexOf('\0') < 0,
            $"{setting} is too long or has a NUL in it");
        return name;
    }

    private static byte[] ReadSecret(string? text, string setting)
    {
        byte[] secret = Encoding.UTF8.GetBytes(text ?? "");
        Require(secret.Length <= ValueBytesMax, $"{setting} is too long");
        return secret;
    }

    private static void Require(bool holds, string what)
    {
        if (holds) return;
        throw new BootFailure(SanFailure.BadCredentials, $"The iSCSI credentials do not fit together: {what}");
    }
}
