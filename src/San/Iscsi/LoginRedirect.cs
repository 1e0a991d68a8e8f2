using System;

namespace Bootlace.San;

/// <summary>The login ends here and goes on at another portal. Thrown by <see cref="LoginExchange"/>, caught by
/// <see cref="IscsiLogin"/>, and never seen outside.</summary>
internal sealed class LoginRedirect(TargetAddress target) : Exception("redirected")
{
    public TargetAddress Target { get; } = target;
}
