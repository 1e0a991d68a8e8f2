using Bootlace.San;
using Bootlace.Script;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>What settings say about network disks (spec/ipxe-compat.md 3.1 and 6.2), read anew each time: a script
/// changes them between two <c>sanhook</c>s.</summary>
internal sealed class SanSettings(SettingsStore settings)
{
    private const uint FirstDrive = 0x80;
    private const string NamePrefix = "iqn.2010-04.org.ipxe:";   // what targets' access lists know iPXE by

    /// <summary>What the default name is made of, the first that there is. The card's address, as in
    /// 52-54-00-12-34-56, is for boards without a UUID, where iPXE has no name. It is the first card's, whichever one
    /// is in use: a name that changes is a stranger to the target.</summary>
    private static readonly string[] OurselvesSettings = ["hostname", "uuid", "net0/mac:hexhyp"];

    /// <summary>The drive that DHCP or a script wants; null: none is named.</summary>
    public uint? WantedDrive =>
        settings.ReadNumber("san-drive") is { } number and not 0 ? (uint)number & 0xff : null;

    /// <summary>The drive where no other is named.</summary>
    public uint DefaultDrive => WantedDrive ?? FirstDrive;

    /// <summary>Drives stay hooked when a program comes back.</summary>
    public bool KeepsDrives => settings.ReadNumber("keep-san") is { } number and not 0;

    /// <summary>DHCP's root path is hooked but not booted from.</summary>
    public bool SkipsBoot => settings.ReadNumber("skip-san-boot") is { } number and not 0;

    /// <summary>The program that DHCP wants started from its root path; null: the default.</summary>
    public string? FileName => Text("san-filename");

    /// <summary>Who we are to the target at <paramref name="path"/>.</summary>
    /// <exception cref="BootFailure"><see cref="SanFailure.BadInitiatorName"/>: we have no name.</exception>
    public IscsiOptions OptionsFor(RootPath path)
    {
        var options = new IscsiOptions
        {
            Path = path,
            InitiatorName = InitiatorName,
            UserName = Text("username"),
            Password = Text("password"),
            ReverseUserName = Text("reverse-username"),
            ReversePassword = Text("reverse-password"),
        };
        return settings.ReadNumber("san-retries") is { } retries and >= 0
            ? options with { Retries = (int)retries } : options;
    }

    private string InitiatorName
    {
        get
        {
            if (Text("initiator-iqn") is { } name) return name;
            foreach (string setting in OurselvesSettings)
            {
                if (Text(setting) is { } ourselves) return NamePrefix + ourselves;
            }
            throw new BootFailure(
                SanFailure.BadInitiatorName,
                "There is neither initiator-iqn nor hostname nor uuid nor a card to be known by");
        }
    }

    private string? Text(string name) =>
        settings.TryFormat(name, out string text) && text.Length > 0 ? ByteText.ToUnicode(text) : null;
}
