using Bootlace.Wire;

namespace Bootlace.Transfer;

/// <summary>Where a server may send us: anywhere on the network, but not to the local disk, and never from https to
/// what anybody on the way can change. User and password stay with the server they were written for: only a reference
/// relative to it keeps them.</summary>
internal static class RedirectRule
{
    /// <summary>The absolute URI that a server's <paramref name="reference"/> leads to.</summary>
    /// <exception cref="BootFailure">It may not send us there.</exception>
    public static BootUri Follow(BootUri current, BootUri reference)
    {
        BootUri next = reference.ResolveAgainst(current);
        if (next.Scheme is not ("http" or "https" or "tftp"))
        {
            throw new BootFailure(UriFailure.RedirectRefused,
                $"{current} redirects to a {next.Scheme}: URI, which is refused");
        }
        if (current.Scheme == "https" && next.Scheme != "https")
            throw new BootFailure(UriFailure.RedirectUnprotected, $"{current} redirects to {next}, which is refused");
        return next;
    }
}
