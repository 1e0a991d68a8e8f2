namespace Bootlace.Script;

/// <summary>The parts of the machine that commands act on.</summary>
public sealed record ScriptHost
{
    /// <summary>All settings.</summary>
    public required SettingsStore Settings { get; init; }
    /// <summary>Screen and keyboard.</summary>
    public required ITerminal Terminal { get; init; }
    /// <summary>The screen with pictures.</summary>
    public required IDisplay Display { get; init; }
    /// <summary>Time that passes.</summary>
    public required IScriptClock Clock { get; init; }
    /// <summary>The fetched files.</summary>
    public required IImages Images { get; init; }
    /// <summary>What requests are to carry.</summary>
    public ParameterShelf Parameters { get; init; } = new();
    /// <summary>The network's interfaces.</summary>
    public required INetwork Network { get; init; }
    /// <summary>Boots what the network names.</summary>
    public required INetworkBoot NetworkBoot { get; init; }
    /// <summary>What switches the machine.</summary>
    public required IMachine Machine { get; init; }
    /// <summary>What goes on in the background.</summary>
    public required IPendingWork Pending { get; init; }
    /// <summary>The machine's buses and CPU.</summary>
    public required IBuses Buses { get; init; }
    /// <summary>Disks over the network.</summary>
    public required ISan San { get; init; }
    /// <summary>Who vouches for images.</summary>
    public required IImageTrust Trust { get; init; }
    /// <summary>Decrypts images.</summary>
    public required IImageDecryption Decryption { get; init; }
    /// <summary>The stored certificates.</summary>
    public required ICertificates Certificates { get; init; }
    /// <summary>Who knows the date.</summary>
    public required ITimeServers TimeServers { get; init; }
    /// <summary>The connections over TLS.</summary>
    public required ITlsConnections Tls { get; init; }
}
