using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Script;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>A network interface as commands use it, with its settings.</summary>
public sealed class InterfacePort : IInterface
{
    private static readonly Duration LinkTimeMax = Duration.FromSeconds(15);
    private static readonly Duration LinkInterval = Duration.FromMilliseconds(100);

    private readonly NetworkPorts _ports;
    private readonly AddressApplier _applier;
    private readonly Action _apply;

    internal InterfacePort(NetworkPorts ports, NetworkInterface card)
    {
        _ports = ports;
        Card = card;
        Block = new InterfaceBlock(card, ports.Places);
        ports.Settings.Register(Block, ports.Settings.Root);
        ports.Settings.Register(new LldpBlock(card, ports.Pump), Block);
        _applier = new AddressApplier(ports.Settings, card, Block);
        _apply = _applier.Apply;
        ports.Settings.AddApplier(_apply);
    }

    /// <summary>The card.</summary>
    public NetworkInterface Card { get; }

    /// <summary>Its settings, netN.</summary>
    public SettingsBlock Block { get; }

    /// <inheritdoc/>
    public string Name => Card.Name;

    /// <inheritdoc/>
    public bool IsOpen => Card.IsOpen;

    /// <inheritdoc/>
    public void Open()
    {
        _ports.Opened(this);
        if (Card.IsOpen) return;
        Card.Open();
        _applier.Apply();
    }

    /// <inheritdoc/>
    public void Close()
    {
        _ports.Closed(this);
        if (!Card.IsOpen) return;
        Card.Close();
        _applier.Apply();
    }

    /// <summary>It was a VLAN that is destroyed.</summary>
    internal bool IsGone { get; private set; }

    /// <summary>Takes its settings away: it will not be used again.</summary>
    internal void Remove()
    {
        IsGone = true;
        _ports.Closed(this);
        _ports.Settings.RemoveApplier(_apply);
        _ports.Settings.Remove(Block);
    }

    /// <inheritdoc/>
    public string Describe() => InterfaceText.Describe(Card, _ports.Places.PciAddressOf(Card.Device));

    /// <inheritdoc/>
    public string DescribeRoutes() => InterfaceText.DescribeRoutes(Card);

    /// <inheritdoc/>
    public string DescribeNeighbors() => InterfaceText.DescribeNeighbors(Card);

    /// <inheritdoc/>
    public async Task ConfigureAsync(Configurator configurator, long timeoutMs, CancellationToken stop)
    {
        using var limited = new CancellationTokenSource();
        using CancellationTokenRegistration chained = stop.Register(limited.Cancel);
        PumpTimer? limit = timeoutMs > 0
            ? _ports.Pump.Schedule(Duration.FromMilliseconds(timeoutMs), limited.Cancel) : null;
        using var dots = new WaitingDots(
            _ports.Console, _ports.Pump, $"Configuring ({Name} {Card.Device.Address})...",
            () => Card.IsBlocked ? "the switch blocks the port" : null);
        try
        {
            await WaitForLinkAsync(0, limited.Token);
            Adopt(await _ports.RequestLease(Card, limited.Token));
            dots.End(" ok\n");
            _ports.Console.Write(DescribeRoutes());
        }
        catch (BootFailure)
        {
            dots.End(" No configuration methods succeeded\n");
            _applier.Restore();   // asking has cost the card its old address, if it had one
            throw;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            dots.End(" No configuration methods succeeded\n");
            _applier.Restore();
            throw new BootFailure(LinkFailure.TimedOut, $"{Name} was not configured within {timeoutMs} ms");
        }
        finally
        {
            limit?.Cancel();
        }
    }

    /// <summary>Makes a lease's packets settings, in place of older ones; the addresses follow from that.</summary>
    public void Adopt(LeasePackets lease)
    {
        SettingsStore settings = _ports.Settings;
        foreach (string old in (ReadOnlySpan<string>)["proxydhcp", "pxebs"])
        {
            if (settings.Root.FindChild(old) is { } block) settings.Remove(block);
        }
        if (lease.Proxy.Length > 0) settings.Register(new DhcpBlock("proxydhcp", lease.Proxy), settings.Root);
        settings.Register(new DhcpBlock("dhcp", lease.Ack), Block);
    }

    /// <inheritdoc/>
    public async Task FindBootServerAsync(int type, CancellationToken stop)
    {
        SettingsStore settings = _ports.Settings;
        if (settings.Root.FindChild("pxebs") is { } old) settings.Remove(old);
        var lease = settings.Root.FindChild("proxydhcp") as DhcpBlock;
        if (lease is not { HasVendorOptions: true }) lease = Block.FindChild("dhcp") as DhcpBlock ?? lease;
        using var dots = new WaitingDots(_ports.Console, _ports.Pump, $"PXE boot server type {type} ({Name})...");
        byte[] answer = await _ports.RequestBootServer(Card, (ushort)type, lease?.Packet ?? default, stop);
        dots.End(" ok\n");
        settings.Register(new DhcpBlock("pxebs", answer), settings.Root);
    }

    /// <inheritdoc/>
    public async Task WaitForLinkAsync(long timeoutMs, CancellationToken stop)
    {
        Instant giveUpAt = _ports.Pump.Now + (timeoutMs > 0 ? Duration.FromMilliseconds(timeoutMs) : LinkTimeMax);
        while (!Card.IsLinkUp)
        {
            if (_ports.Pump.Now >= giveUpAt)
                throw new BootFailure(LinkFailure.Down, $"{Name} has no link");
            await _ports.Pump.Delay(LinkInterval, stop);
        }
    }
}
