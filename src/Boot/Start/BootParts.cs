using System;
using Bootlace.Crypto;
using Bootlace.Net;
using Bootlace.Script;
using Bootlace.Transfer;

namespace Bootlace.Boot;

/// <summary>Everything a <see cref="BootSession"/> is made of.</summary>
public sealed class BootParts
{
    /// <summary>The firmware.</summary>
    public required IFirmware Firmware { get; init; }
    /// <summary>What the machine says of itself.</summary>
    public required IHardware Hardware { get; init; }
    /// <summary>Screen and keyboard.</summary>
    public required IConsole Console { get; init; }
    /// <summary>The screen where it has pixels.</summary>
    public required IGraphics Graphics { get; init; }
    /// <summary>Tells of what is written to <see cref="Console"/>; null: nothing is ever logged.</summary>
    public LogConsole? Log { get; init; }
    /// <summary>Connects to log servers by TLS.</summary>
    public IStreamConnector? LogConnector { get; init; }
    /// <summary>Reads keys by a map from now on; null: as the firmware gives them.</summary>
    public Action<Keymap?> UseKeymap { get; init; } = _ => { };
    /// <summary>The loop everything runs on.</summary>
    public required Pump Pump { get; init; }
    /// <summary>The network with all its cards: net0 is the one we were loaded through, if any.</summary>
    public required NetworkStack Network { get; init; }
    /// <summary>How to get a lease.</summary>
    public required LeaseRequest RequestLease { get; init; }
    /// <summary>How to find PXE boot servers.</summary>
    public required BootServerRequest RequestBootServer { get; init; }
    /// <summary>Finds the addresses of hosts.</summary>
    public required HostResolver Resolve { get; init; }
    /// <summary>All transfers.</summary>
    public required UriFetcher Fetcher { get; init; }
    /// <summary>What the firmware does with disks.</summary>
    public required IDiskHost Disks { get; init; }
    /// <summary>All network disks.</summary>
    public required IDiskOpener DiskOpener { get; init; }
    /// <summary>Where a card sits on PCI: bus in the high byte, then device and function (5 and 3 bits); null: not
    /// there.</summary>
    public Func<INetworkDevice, ushort?> PciAddressOf { get; init; } = _ => null;
    /// <summary>The date.</summary>
    public required WallTime Time { get; init; }
    /// <summary>How to ask a time server.</summary>
    public required TimeRequest AskTime { get; init; }
    /// <summary>Whom we trust.</summary>
    public required TrustStore Trust { get; init; }
    /// <summary>Says whether a certificate was revoked.</summary>
    public required RevocationCheck Revocation { get; init; }
    /// <summary>The connections over TLS.</summary>
    public required ITlsConnections TlsConnections { get; init; }
    /// <summary>Says whether a signer of images may be believed.</summary>
    public required SignerCheck VerifySigner { get; init; }
    /// <summary>Where we came from.</summary>
    public required BootSource Source { get; init; }
    /// <summary>${version}.</summary>
    public required string Version { get; init; }
    /// <summary>The script in our own .script section; empty: none.</summary>
    public ReadOnlyMemory<byte> EmbeddedScript { get; init; }
    /// <summary>The words after "Features:" on the banner.</summary>
    public string Features { get; init; } = "DNS HTTP HTTPS iSCSI TFTP VLAN EFI Menu";
}
