using System;
using System.Text;
using Bootlace.Script;

namespace Bootlace.Boot;

/// <summary>How syslog servers get lines: from the kernel's facility as information, as iPXE sends them, under our host
/// name where there is one.</summary>
public sealed class LogFormat(SettingsStore settings)
{
    private const int Priority = 6;   // kernel, informational
    private const int HostCharactersMax = 255;
    private const string Application = "ipxe";

    /// <summary>A datagram (RFC 3164). A server takes the time from its own clock.</summary>
    public byte[] ForUdp(string line)
    {
        string host = HostName();
        string start = host.Length > 0 ? host + " " : "";
        return Encoding.UTF8.GetBytes($"<{Priority}>{start}{Application}: {line}");
    }

    /// <summary>A frame with its length in front (RFC 5425, section 4.3) around a message of RFC 5424.</summary>
    public byte[] ForTls(string line)
    {
        string host = HostName();
        if (host.Length == 0) host = "-";
        byte[] message = Encoding.UTF8.GetBytes($"<{Priority}>1 - {host} {Application} - - - {line}");
        return [.. Encoding.ASCII.GetBytes($"{message.Length} "), .. message];
    }

    /// <summary>A name may come from anybody, and must not look like something else in the log.</summary>
    private string HostName()
    {
        if (!settings.TryFormat("hostname", out string name) || name.Length is 0 or > HostCharactersMax) return "";
        foreach (char letter in name)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '.' or '_')) return "";
        }
        return name;
    }
}
