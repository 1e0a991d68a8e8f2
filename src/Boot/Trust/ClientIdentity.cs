using Bootlace.Script;

namespace Bootlace.Boot;

/// <summary>The settings <c>cert</c> and <c>privkey</c>: who we are to servers that ask, in PEM or DER. As with
/// <c>trust</c> only what a script sets counts.</summary>
public static class ClientIdentity
{
    /// <summary>The certificate, with those that lead to its authority behind it; empty: none.</summary>
    public static byte[] ReadCertificate(SettingsStore settings) => TrustSettings.OwnValue(settings, "cert");

    /// <summary>Its private key; empty: none.</summary>
    public static byte[] ReadKey(SettingsStore settings) => TrustSettings.OwnValue(settings, "privkey");
}
