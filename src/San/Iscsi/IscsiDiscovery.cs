using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.San;

/// <summary>Asks a server which targets it has (RFC 7143 section 4.3, SendTargets, appendix C).</summary>
public static class IscsiDiscovery
{
    /// <summary>A server's list is bounded twice: by its bytes, and by what a script can go through.</summary>
    private const int TargetsMax = 2048, AddressesMax = 64;

    private static readonly Duration ListTimeMax = Duration.FromSeconds(30), LogoutTimeMax = Duration.FromSeconds(2);

    /// <summary>Logs in to a discovery session, lists the targets and logs out.</summary>
    /// <param name="pump">Where it runs.</param>
    /// <param name="entropy">For challenges.</param>
    /// <param name="connect">Opens connections.</param>
    /// <param name="options">Server, port and credentials; target name and LUN do not matter.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="BootFailure">As of the login, or <see cref="SanFailure.DiscoveryFailed"/>.</exception>
    public static async Task<IReadOnlyList<DiscoveredTarget>> RunAsync(
        Pump pump, IEntropy entropy, PortalConnector connect, IscsiOptions options, CancellationToken stop)
    {
        Isid isid = IscsiLogin.NewIsid(entropy);
        IscsiLogin login = await IscsiLogin.RunAsync(pump, entropy, connect, options, isid, isDiscovery: true, stop);
        var exchange = new TextExchange(login, options.Path.Server);
        bool isOver = false;
        try
        {
            IReadOnlyList<DiscoveredTarget> targets = await ListAsync(pump, exchange, stop);
            await LogOutAsync(pump, exchange, stop);
            login.Connection.Close();
            isOver = true;
            return targets;
        }
        finally
        {
            if (!isOver) login.Connection.Abort();
        }
    }

    private static async Task<IReadOnlyList<DiscoveredTarget>> ListAsync(
        Pump pump, TextExchange exchange, CancellationToken stop)
    {
        using var watchdog = new Watchdog(pump, stop);
        watchdog.Allow(ListTimeMax);
        try
        {
            return Read(exchange, await exchange.AskAsync("SendTargets", "All", watchdog.Token));
        }
        catch (OperationCanceledException) when (watchdog.HasBarked && !stop.IsCancellationRequested)
        {
            throw exchange.Failed("does not list its targets in time");
        }
    }

    private static List<DiscoveredTarget> Read(TextExchange exchange, ReadOnlyMemory<byte> answer)
    {
        if (!IscsiText.TryRead(answer.Span, out IscsiText text, out _)) throw exchange.Failed("sends a malformed list");
        var targets = new List<DiscoveredTarget>();
        List<TargetAddress>? addresses = null;
        foreach (IscsiTextPair pair in text)
        {
            if (pair.Is("TargetName"))
            {
                string name = pair.Text;
                if (!RootPath.IsName(name)) throw exchange.Failed("lists a target whose name is malformed");
                if (targets.Count == TargetsMax) throw exchange.Failed("lists more targets than there can be");
                targets.Add(new DiscoveredTarget(name, addresses = []));
            }
            else if (pair.Is("TargetAddress") && addresses is { Count: < AddressesMax }
                && TargetAddress.TryParse(pair.Text, out TargetAddress address))
                addresses.Add(address);
        }
        return targets;
    }

    /// <summary>For the sake of good order: what comes of it is all the same.</summary>
    private static async Task LogOutAsync(Pump pump, TextExchange exchange, CancellationToken stop)
    {
        using var watchdog = new Watchdog(pump, stop);
        watchdog.Allow(LogoutTimeMax);
        try
        {
            await exchange.LogOutAsync(watchdog.Token);
        }
        catch (BootFailure)
        {
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
        }
    }
}
