using System;
using Bootlace.Script;

namespace Bootlace.Boot;

/// <summary>The setting <c>keymap</c>: how keys are read from now on.</summary>
internal sealed class KeymapSetting(SettingsStore settings, IConsole console, Action<Keymap?> use)
{
    private string _name = "";

    /// <summary>To be called whenever a setting has changed.</summary>
    public void Apply()
    {
        if (!settings.TryFormat("keymap", out string name)) name = "";
        if (name == _name) return;
        _name = name;
        Keymap? map = Keymap.Find(name);
        use(map);
        if (map is null && name.Length > 0)
            console.Write($"There is no keyboard map '{ByteText.ToUnicode(name)}'; "
                + $"there are {string.Join(' ', Keymap.Names)}\n");
    }
}
