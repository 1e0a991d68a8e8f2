using Bootlace.Script;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>Whom a script makes DHCP servers see: <c>set user-class Tinkerbell</c> or another <c>uuid</c>, also for one
/// card only (spec/ipxe-compat.md 4.1). What an earlier lease said under the same numbers does not count: an echo of
/// the server's own option 60 would make us pass for something else.</summary>
public static class ChosenIdentity
{
    private const int UuidBytes = 16;

    /// <summary>The identity with what the script has set for that card, or for all.</summary>
    public static DhcpIdentity Apply(DhcpIdentity identity, SettingsStore settings, string card) => identity with
    {
        UserClass = Find(settings, card, "user-class") is { } userClass ? userClass : identity.UserClass,
        VendorClass = Find(settings, card, "vendor-class") is { } vendorClass ? vendorClass : identity.VendorClass,
        MachineUuid = Find(settings, card, "uuid") is { Length: UuidBytes } uuid
            ? SmbiosTable.SwapUuid(uuid) : identity.MachineUuid,
    };

    private static byte[]? Find(SettingsStore settings, string card, string name)
    {
        if (settings.FindBlock(card) is { } block && TryFetch(block, name, out byte[] ofCard)) return ofCard;
        return TryFetch(settings.Root, name, out byte[] ofAll) ? ofAll : null;
    }

    private static bool TryFetch(SettingsBlock block, string name, out byte[] value)
    {
        bool isFound = block.TryFetch(DeclaredSettings.Resolve(name, block.Scope), out StoredSetting stored);
        value = isFound ? stored.Value : [];
        return value.Length > 0;
    }
}
