namespace Bootlace.Wire;

/// <summary>How a login goes: the status class in the high byte, its detail in the low one (RFC 7143 section
/// 11.13.5).</summary>
public static class LoginStatus
{
    /// <summary>Well so far.</summary>
    public const ushort Success = 0x0000;
    /// <summary>The target is elsewhere for now.</summary>
    public const ushort MovedTemporarily = 0x0101;
    /// <summary>The target is elsewhere.</summary>
    public const ushort MovedPermanently = 0x0102;
    /// <summary>We did something wrong.</summary>
    public const ushort InitiatorError = 0x0200;
    /// <summary>We did not prove who we are.</summary>
    public const ushort AuthenticationFailure = 0x0201;
    /// <summary>We may not use that target.</summary>
    public const ushort Forbidden = 0x0202;
    /// <summary>There is no such target.</summary>
    public const ushort NotFound = 0x0203;
    /// <summary>The target has gone for good.</summary>
    public const ushort Removed = 0x0204;
    /// <summary>Not our version.</summary>
    public const ushort UnsupportedVersion = 0x0205;
    /// <summary>Too many connections.</summary>
    public const ushort TooManyConnections = 0x0206;
    /// <summary>A key is missing.</summary>
    public const ushort MissingParameter = 0x0207;
    /// <summary>The session does not span portals.</summary>
    public const ushort CannotInclude = 0x0208;
    /// <summary>No such type of session here.</summary>
    public const ushort SessionTypeNotSupported = 0x0209;
    /// <summary>There is no such session to join.</summary>
    public const ushort SessionDoesNotExist = 0x020a;
    /// <summary>Not during login.</summary>
    public const ushort InvalidDuringLogin = 0x020b;
    /// <summary>The target failed.</summary>
    public const ushort TargetError = 0x0300;
    /// <summary>Not now.</summary>
    public const ushort ServiceUnavailable = 0x0301;
    /// <summary>The target has no room.</summary>
    public const ushort OutOfResources = 0x0302;

    /// <summary>The class: 0 success, 1 redirection, 2 our fault, 3 the target's.</summary>
    public static int Class(ushort status) => status >> 8;
}
