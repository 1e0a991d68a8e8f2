using System;
using Bootlace.Crypto;
using Bootlace.Script;

namespace Bootlace.Boot;

/// <summary>The settings <c>trust</c>, SHA-256 fingerprints of whom to trust, and <c>ocsp</c>, what to make of
/// certificates of which nobody says whether they were revoked. Only what a script sets counts: what DHCP says comes
/// from the very network that certificates protect against.</summary>
internal sealed class TrustSettings(SettingsStore settings, TrustStore trust, RevocationCheck revocation)
{
    private byte[] _applied = [];

    /// <summary>To be called whenever a setting has changed.</summary>
    public void Apply()
    {
        revocation.Policy = ReadPolicy();
        byte[] value = OwnValue(settings, "trust");
        if (value.AsSpan().SequenceEqual(_applied)) return;
        _applied = value;
        trust.SetFingerprints(value);
    }

    private RevocationPolicy ReadPolicy() => ByteText.FromBytes(OwnValue(settings, "ocsp")) switch
    {
        "" or "soft" => RevocationPolicy.Soft,
        "off" => RevocationPolicy.Off,
        _ => RevocationPolicy.Required,   // who sets it to anything wants more than nothing
    };

    /// <summary>What a script has set, whatever leases say; empty: nothing.</summary>
    public static byte[] OwnValue(SettingsStore settings, string name) =>
        settings.Root.TryFetch(DeclaredSettings.Resolve(name, null), out StoredSetting stored) ? stored.Value : [];
}
