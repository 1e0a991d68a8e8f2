using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary>What can go wrong in the language itself and in the commands that touch nothing else. Area 0a.</summary>
public static class ScriptFailure
{
    /// <summary>No command of that name.</summary>
    public static readonly FailureKind UnknownCommand =
        new(0x2e0a0001, "Command not found", "'help' lists the commands; check the spelling");
    /// <summary><c>goto</c> names a label the script does not have.</summary>
    public static readonly FailureKind NoSuchLabel =
        new(0x2d0a0002, "No such label in this script", "a label is a line that starts with ':' and the name");
    /// <summary><c>goto</c> typed at the prompt.</summary>
    public static readonly FailureKind NotInScript =
        new(0x3d0a0003, "Only possible inside a script", "the prompt takes single lines and has no labels");
    /// <summary><c>isset</c> of nothing, <c>show</c> of an unset setting.</summary>
    public static readonly FailureKind NotSet =
        new(0x2d0a0004, "The setting has no value", "'dhcp' or 'set' gives settings their values");
    /// <summary><c>iseq</c> of two different values.</summary>
    public static readonly FailureKind NotEqual =
        new(0x460a0005, "The values differ", "an 'iseq' line that may fail needs '||' after it");
    /// <summary>An option the command does not have, or one without its value.</summary>
    public static readonly FailureKind BadOption =
        new(0x1c0a0006, "Bad option", "see the usage above; '--' ends the options");
    /// <summary>Too few or too many arguments.</summary>
    public static readonly FailureKind BadArgumentCount =
        new(0x460a0007, "Wrong number of arguments",
            "see the usage above; there is no quoting, words are split at blanks");
    /// <summary>Text that is not a number.</summary>
    public static readonly FailureKind BadNumber =
        new(0x1c0a0008, "Not a number", "numbers are decimal, 0x hexadecimal or 0 octal");
    /// <summary>Text that is no key.</summary>
    public static readonly FailureKind BadKey =
        new(0x1c0a0009, "Not a key", "a key is one character or its number, as 0x02 for Ctrl-B");
    /// <summary>Text that its type cannot hold.</summary>
    public static readonly FailureKind BadValue =
        new(0x1c0a000a, "The value does not fit its type", "check the text after the setting's name");
    /// <summary>A setting type that does not exist.</summary>
    public static readonly FailureKind UnknownType =
        new(0x3c0a000b, "Unknown setting type",
            "types are string, uristring, ipv4, ipv6, int8 … uint32, hex, hexhyp, hexraw, base64, uuid, guid, "
            + "busdevfn, dnssl");
    /// <summary>A type that can only be shown.</summary>
    public static readonly FailureKind TypeHasNoInput =
        new(0x3c0a000c, "Values of this type can only be shown", "store it with another type, as hex");
    /// <summary>A value with more digits than a machine word.</summary>
    public static readonly FailureKind NumberTooLarge =
        new(0x460a000d, "The value is too long to be a number", "integer types take at most eight bytes");
    /// <summary>A scope that does not exist, for commands that do not create it.</summary>
    public static readonly FailureKind NoSuchScope =
        new(0x2d0a000e, "No such settings scope", "network interfaces are net0, net1 …");
    /// <summary>A setting that belongs to the loader or the firmware.</summary>
    public static readonly FailureKind ReadOnlySetting =
        new(0x470a000f, "The setting cannot be changed there",
            "set a variable without a scope; it hides the built-in one");
    /// <summary>An expansion that never ends.</summary>
    public static readonly FailureKind EndlessExpansion =
        new(0x200a0010, "A value expands without end", "a setting's value refers to itself");
    /// <summary>An expansion that grows without bound.</summary>
    public static readonly FailureKind ExpansionTooLong =
        new(0x230a0011, "The expanded text is too long", "a word holds at most 262144 characters, a command 1048576");
    /// <summary>Scripts that start scripts that start scripts.</summary>
    public static readonly FailureKind NestedTooDeeply =
        new(0x200a0012, "Scripts are nested too deeply", "use 'chain --replace' where the caller need not go on");
    /// <summary>A backslash on the last line.</summary>
    public static readonly FailureKind UnfinishedLine =
        new(0x1c0a0013, "The script ends inside a continued line", "take away the last backslash");
    /// <summary>A file too big to be a script.</summary>
    public static readonly FailureKind ScriptTooLarge =
        new(0x230a0014, "The script is too large", "scripts hold at most 1 MiB");
    /// <summary>Ctrl-C.</summary>
    public static readonly FailureKind Cancelled =
        new(0x0b0a0015, "Cancelled", "Ctrl-C was pressed");
    /// <summary>Another key than the one <c>prompt --key</c> waits for.</summary>
    public static readonly FailureKind OtherKey =
        new(0x0b0a0016, "Another key was pressed", "a 'prompt --key' line needs '||' after it");
    /// <summary>Nobody typed in time.</summary>
    public static readonly FailureKind NothingTyped =
        new(0x4c0a0017, "Nothing was typed in time", "a 'prompt --timeout' line needs '||' after it");
    /// <summary>Help was asked for.</summary>
    public static readonly FailureKind UsageShown =
        new(0x0b0a0018, "Usage was shown", "nothing was done");
    /// <summary>No image of that name.</summary>
    public static readonly FailureKind NoSuchImage =
        new(0x2d0a0019, "No such image", "'imgstat' lists the images");
    /// <summary>Nothing to boot.</summary>
    public static readonly FailureKind NothingSelected =
        new(0x2d0a001a, "No image is selected", "fetch one with 'kernel' or name it");
    /// <summary>No network interface of that name.</summary>
    public static readonly FailureKind NoSuchInterface =
        new(0x2c0a001b, "No such network interface", "'ifstat' lists the interfaces");
    /// <summary>No network interface at all.</summary>
    public static readonly FailureKind NoInterfaces =
        new(0x2c0a001c, "There is no network interface", "the firmware shows no network card; check its set-up");
    /// <summary>An unknown configurator.</summary>
    public static readonly FailureKind UnknownConfigurator =
        new(0x3c0a001d, "No such configurator", "configurators are: dhcp");
    /// <summary>A command of several forms was given none of them.</summary>
    public static readonly FailureKind UnknownVerb =
        new(0x1c0a001e, "The command has no such form", "'<command> --help' shows its forms");
    /// <summary>Text that is no host with or without a port.</summary>
    public static readonly FailureKind BadServer =
        new(0x1c0a001f, "Not a server's address",
            "write a name or an address, then :port where it is not the usual one");
    /// <summary>An iSCSI server without a target for us.</summary>
    public static readonly FailureKind NoTargets =
        new(0x2d0a0020, "The server offers no target to us",
            "check the targets' access lists against our initiator name and address");
    /// <summary>Text after --sha256 that is no digest.</summary>
    public static readonly FailureKind BadDigest =
        new(0x1c0a0021, "Not a SHA-256 digest", "it is the 64 hexadecimal digits that sha256sum prints");
    /// <summary><c>ntp</c> without a server, and none is set.</summary>
    public static readonly FailureKind NoTimeServer =
        new(0x1c0a0022, "No time server is known", "name one after 'ntp', run dhcp, or set ntp");
    /// <summary><c>certstore</c> without an argument, and no certificate is set.</summary>
    public static readonly FailureKind NoCertificateSetting =
        new(0x2d0a0023, "No certificate is set", "name a file, an image or a setting after 'certstore', or set cert");
    /// <summary>No menu or form of that name.</summary>
    public static readonly FailureKind NoSuchMenu =
        new(0x2d0a0024, "No such menu or form", "'menu' or 'form' begins one; 'choose' and 'present' use it up");
    /// <summary>A menu of separators, a form without fields.</summary>
    public static readonly FailureKind NothingToChoose =
        new(0x2d0a0025, "The menu has nothing to choose", "'item' adds to it");
    /// <summary>A menu with too many items.</summary>
    public static readonly FailureKind MenuTooLong =
        new(0x230a0026, "The menu is too long", "a menu or form holds at most 4096 items");
    /// <summary>Too many menus.</summary>
    public static readonly FailureKind TooManyMenus =
        new(0x340a0027, "There are too many menus", "there are at most 256; 'menu --delete' takes one away");
    /// <summary>A number that is no colour.</summary>
    public static readonly FailureKind NoSuchColour =
        new(0x1c0a0028, "No such colour", "colours are 0 to 7 and 9, pairs 0 to 7");
    /// <summary><c>cpuid</c>: the bit is clear.</summary>
    public static readonly FailureKind NoCpuFeature =
        new(0x2d0a0050, "The CPU does not have the feature", "a 'cpuid' line needs '||' after it");
    /// <summary><c>pciscan</c>, <c>usbscan</c> behind the last device.</summary>
    public static readonly FailureKind NoMoreDevices =
        new(0x2d0a0051, "There are no more devices", "the scan is over; 'clear' the setting to begin anew");
    /// <summary>A script that sets ever new settings.</summary>
    public static readonly FailureKind TooManySettings =
        new(0x340a0040, "There is no room for more settings", "settings hold at most 8 MiB; 'clear' deletes one");
    /// <summary>A command for hardware, or a firmware, that this loader has nothing to do with.</summary>
    public static readonly FailureKind NotSupportedHere =
        new(0x3c0a0041, "Not supported by this loader",
            "it is for BIOS, Wi-Fi, InfiniBand or Fibre Channel; a script goes on after '||'");
    /// <summary><c>sync</c> waited long enough.</summary>
    public static readonly FailureKind StillPending =
        new(0x4c0a0042, "What is under way takes too long", "check the disks' servers, or give --timeout");
    /// <summary><c>param</c> without <c>params</c>.</summary>
    public static readonly FailureKind NoSuchParameters =
        new(0x2d0a0060, "No such parameter list", "'params' begins one; a URI that ends in ##params uses it up");
    /// <summary>Too many parameters, or lists of them.</summary>
    public static readonly FailureKind ParametersTooLong =
        new(0x340a0061, "There are too many parameters",
            "there are at most 64 lists, each of 1024 parameters and 1 MiB of text");
    /// <summary>A header field no request can have.</summary>
    public static readonly FailureKind BadHeader =
        new(0x1c0a0062, "Not a header field for a script to send",
            "a name has letters, digits and dashes, a value no line breaks; lengths and ranges are ours to send");
    /// <summary>No method of HTTP.</summary>
    public static readonly FailureKind BadMethod =
        new(0x1c0a0063, "Not a method of HTTP", "methods are GET, HEAD, POST, PUT and other words of letters");
}
