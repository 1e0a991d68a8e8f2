using Bootlace.Net;
using Bootlace.Script;

namespace Bootlace.Boot;

/// <summary><c>set unixtime N</c>: a script that knows the date better.</summary>
internal sealed class DateSetting(SettingsStore settings, WallTime time)
{
    /// <summary>The setting's name.</summary>
    public const string Name = "unixtime";

    /// <summary>Takes over a date; null: goes on as before.</summary>
    public static void Set(WallTime time, byte[]? value)
    {
        if (SettingTypes.ReadNumber(value) is { } seconds) time.Set(seconds, WallTimeSource.Told);
    }

    /// <summary>To be called whenever a setting has changed.</summary>
    public void Apply()
    {
        SettingKey key = DeclaredSettings.Resolve(Name, null);
        if (!settings.Root.TryFetch(key, out _)) return;
        long? told = settings.ReadNumber(Name);
        settings.Root.Store(key, null);   // the date goes on, a stored number would not
        if (told is { } seconds) time.Set(seconds, WallTimeSource.Told);
    }
}
