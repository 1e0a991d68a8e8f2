using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Boot;
using Bootlace.Crypto;
using Bootlace.Net;
using Bootlace.San;
using Bootlace.Script;
using Bootlace.Tls;
using Bootlace.Transfer;
using Bootlace.Uefi;
using Bootlace.Wire;

namespace Bootlace.Loader;

/// <summary>Builds the loader out of its parts, bottom to top: the only place that knows all of them.</summary>
internal sealed class Wiring
{
    private const string Version = "0.1.0";
    private const ushort ArchitectureX64 = 7, ArchitectureArm64 = 11;   // RFC 4578 with its errata

    private const int FaultsReportedMax = 8;
    private const int AnswerBytesMax = 64 * 1024;
    private const int EncryptionBytesMax = 16 * 1024 * 1024;

    private readonly UefiFirmware _firmware;
    private readonly LogConsole _console;
    private readonly Pump _pump;
    private readonly WallTime _time;
    private readonly TrustStore _trust;
    private readonly Arena _crypto;
    private readonly RevocationCheck _revocation;
    private readonly NetworkStack _network;
    private readonly DnsResolver _resolver;
    private readonly TcpConnector _connector;
    private readonly TlsJournal _journal = new();
    private readonly TlsConnector _tls, _logTls;
    private readonly DhcpClient _dhcp;
    private readonly DhcpIdentity _identity;
    private SettingsStore? _settings;
    private int _faultsReported;

    /// <summary>Takes the cards over and puts the stack on them.</summary>
    public Wiring(UefiFirmware firmware)
    {
        _firmware = firmware;
        _console = new LogConsole(firmware.Console);
        _pump = new Pump(firmware.Clock);
        _time = new WallTime(firmware.Clock, firmware.WallClock, SourceDate.UnixSeconds)
        {
            Noted = _console.Note,
        };
        _trust = new TrustStore(() => firmware.EmbeddedRoots);
        _crypto = new Arena(countBytes => firmware.AllocatePages(countBytes), EncryptionBytesMax);
        CLibrary.Provide(new CryptoPlatform
        {
            Memory = _crypto,
            Entropy = new KeyEntropy(firmware, _console),
            UnixTime = () => _time.UnixSeconds,
            Clock = firmware.Clock,
        });
        _network = new NetworkStack(_pump, firmware.Entropy) { FaultReported = ReportFault };
        firmware.HandingOver = _network.HangUp;
        int index = 0;
        foreach (INetworkDevice card in firmware.OpenNetwork()) _network.Add(card, $"net{index++}");
        _resolver = new DnsResolver(_pump, _network, firmware.Entropy);
        _connector = new TcpConnector(_pump, _network, _resolver.ResolveAsync);
        _revocation = new RevocationCheck(_pump, _time, FetchAnswerAsync)
        {
            Noted = _console.Note,
        };
        _tls = CreateTls("http/1.1");
        _logTls = CreateTls(null);
        _dhcp = new DhcpClient(_pump, _network, firmware.Entropy);
        _identity = new DhcpIdentity
        {
            Architecture = firmware.PeMachine == PeImage.X64 ? ArchitectureX64 : ArchitectureArm64,
            Version = (0, 1, 0),
            MachineUuid = firmware.MachineUuid,
        };
    }

    /// <summary>The session that runs scripts, ready to go.</summary>
    public BootSession CreateSession()
    {
        BootSession? session = null;
        session = new BootSession(new BootParts
        {
            Firmware = _firmware,
            Hardware = _firmware.Hardware,
            Console = _console,
            Graphics = _firmware.Graphics,
            Log = _console,
            LogConnector = new TlsStreams(_logTls),
            Pump = _pump,
            Network = _network,
            Resolve = _resolver.ResolveAsync,
            RequestLease = (card, stop) => RequestLeaseAsync(session!.Settings, card, stop),
            RequestBootServer = (card, type, lease, stop) => new BootServerClient(_pump, _network, _firmware.Entropy)
                .RunAsync(card, IdentityOf(session!.Settings, card), type, lease, stop),
            Fetcher = new UriFetcher(CreateOpeners()),
            Disks = _firmware.OpenDisks(_pump),
            DiskOpener = new DiskOpener(_pump, _firmware.Entropy, _firmware, ConnectPortalAsync, SecurePortalAsync),
            Time = _time,
            AskTime = AskTimeAsync,
            Trust = _trust,
            Revocation = _revocation,
            TlsConnections = new TlsConnections(_journal),
            VerifySigner = (certificate, others, stop) => _revocation.RequireAsync(
                new ChainVerifier(_trust, _time).Verify(certificate, others, CertificatePurpose.CodeSigning), stop),
            PciAddressOf = _firmware.PciAddressOf,
            UseKeymap = _firmware.UseKeymap,
            Source = _firmware.Source,
            Version = Version,
            EmbeddedScript = _firmware.EmbeddedScript,
        });
        _settings = session.Settings;
        session.Settings.Register(HeapBlock.Create(_crypto), session.Settings.Root);
        session.Settings.AddApplier(new NameServerApplier(session.Settings, _resolver).Apply);
        return session;
    }

    /// <summary>A bug of ours that cost one packet: worth a line, but a peer who can repeat it may not fill the screen.
    /// </summary>
    private void ReportFault(NetworkInterface card, Exception fault)
    {
        if (_faultsReported == FaultsReportedMax) return;
        _faultsReported++;
        _console.Write($"{card.Name}: a packet was dropped, please report this: {fault.Message}\n");
    }

    /// <summary>A connector for one application protocol; null: for one that is not negotiated.</summary>
    private TlsConnector CreateTls(string? protocol)
    {
        var trust = new ServerTrust(_trust, _time, _revocation.RequireAsync)
        {
            OtherGeneration = () => _revocation.Generation,
        };
        var options = new ClientOptions(_firmware.Clock, protocol, ReadOwnFiles);
        return new TlsConnector(_pump, _connector.ConnectAsync, options, trust) { Journal = _journal };
    }

    private List<IUriOpener> CreateOpeners()
    {
        HostResolver resolve = _resolver.ResolveAsync;
        return
        [
            new HttpOpener(_pump, _connector, new HttpOptions()),
            new HttpOpener(_pump, new TlsStreams(_tls), new HttpOptions(), isSecure: true),
            new TftpOpener(_pump, _network, resolve, new TftpTuning()),
            new FileOpener((label, path, target) => VolumeFile.TryRead(_firmware, label, path, target)),
            new DataOpener(),
        ];
    }

    /// <summary>Connects for disks. A session outlives the hand-over to the program that reads its disk.</summary>
    private async Task<Portal> ConnectPortalAsync(string host, ushort port, CancellationToken stop)
    {
        TcpConnection connection = await _connector.ConnectTcpAsync(host, port, stop);
        connection.IsKept = true;
        return new Portal(connection, connection.RemoteAddress);
    }

    /// <summary>The same over TLS, for disks that are files on web servers.</summary>
    private async Task<Portal> SecurePortalAsync(string host, ushort port, CancellationToken stop)
    {
        Portal portal = await ConnectPortalAsync(host, port, stop);
        return portal with { Stream = await _tls.SecureAsync(portal.Stream, host, port, stop) };
    }

    private OwnFiles ReadOwnFiles() => _settings is null ? OwnFiles.None
        : new OwnFiles(ClientIdentity.ReadCertificate(_settings), ClientIdentity.ReadKey(_settings));

    /// <summary>Fetches what a responder says of a certificate: a few kilobytes over plain HTTP.</summary>
    private async Task<byte[]> FetchAnswerAsync(string uri, CancellationToken stop)
    {
        var body = new SmallBody(AnswerBytesMax);
        var fetcher = new UriFetcher([new HttpOpener(_pump, _connector, new HttpOptions())]);
        await fetcher.FetchAsync(BootUri.Parse(uri), body, new NoProgress(), stop);
        return body.ToArray();
    }

    private async Task<long> AskTimeAsync(string server, long earliest, CancellationToken stop)
    {
        IReadOnlyList<IpAddress> addresses = await _resolver.ResolveAsync(server, stop);
        return await new NtpClient(_pump, _network, _firmware.Entropy).AskAsync(addresses, earliest, stop);
    }

    private async Task<LeasePackets> RequestLeaseAsync(
        SettingsStore settings, NetworkInterface card, CancellationToken stop)
    {
        DhcpLease lease = await _dhcp.RunAsync(card, IdentityOf(settings, card), stop);
        return new LeasePackets(lease.Ack, lease.Proxy);
    }

    private DhcpIdentity IdentityOf(SettingsStore settings, NetworkInterface card) =>
        ChosenIdentity.Apply(_identity, settings, card.Name) with { BusId = _firmware.BusIdOf(card.Device) };
}
