namespace Bootlace.Wire;

/// <summary>The stages of a login, CSG and NSG (RFC 7143 section 11.12.3). There is no stage 2.</summary>
public static class LoginStage
{
    /// <summary>Who is who.</summary>
    public const byte Security = 0;
    /// <summary>What is used.</summary>
    public const byte Operational = 1;
    /// <summary>The login is over.</summary>
    public const byte FullFeature = 3;
}
