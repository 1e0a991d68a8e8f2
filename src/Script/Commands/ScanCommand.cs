using System;
using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>pciscan</c>, <c>usbscan</c>: sets a setting to the address of the next device behind the one it
/// holds, or of the first. Behind the last one it fails.</summary>
/// <param name="name">Its name.</param>
/// <param name="settings">All settings.</param>
/// <param name="find">Finds the first device at an address or behind it.</param>
public sealed class ScanCommand(string name, SettingsStore settings, Func<uint, uint?> find)
    : Command(name, "<setting>", 1, 1, [])
{
    /// <inheritdoc/>
    public override ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        string setting = call.Arguments[0];
        long first = ReadNumber(setting) is { } last ? last + 1 : 0;
        uint? next = first is >= 0 and <= uint.MaxValue ? find((uint)first) : null;
        if (next is not { } address) return new(Status.Quietly(ScriptFailure.NoMoreDevices));
        SettingType type = address > ushort.MaxValue ? SettingTypes.Uint32 : SettingTypes.Uint16;
        settings.StoreBytes(setting, type.FromNumber(address), type);
        return new(Status.Success);
    }

    /// <summary>Text counts as the number it reads as: <c>set dev 0x18</c>.</summary>
    private long? ReadNumber(string setting)
    {
        if (!settings.TryFind(SettingName.Parse(setting), out FoundSetting found)) return null;
        return found.Type == SettingTypes.String
            ? NumberText.Read(ByteText.FromBytes(found.Value)) : settings.ReadNumber(setting);
    }
}
