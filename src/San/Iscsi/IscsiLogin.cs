using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.San;

/// <summary>A connection that has been logged in: full feature phase begins.</summary>
/// <param name="Connection">The connection, digests switched on as settled.</param>
/// <param name="Parameters">What was settled.</param>
/// <param name="Address">The portal's address, behind all redirections.</param>
/// <param name="Port">Its port.</param>
public sealed record IscsiLogin(
    IscsiConnection Connection, IscsiParameters Parameters, IpAddress Address, ushort Port)
{
    private const int RedirectsMax = 5;
    /// <summary>How long one portal may take from the first request to full feature phase.</summary>
    private static readonly Duration LoginTimeMax = Duration.FromSeconds(30);

    /// <summary>Connects to the options' portal, follows redirections and logs in to a normal session. Every wait in
    /// it is bounded.</summary>
    /// <param name="pump">Where it runs.</param>
    /// <param name="entropy">For challenges.</param>
    /// <param name="connect">Opens connections.</param>
    /// <param name="options">Target and credentials.</param>
    /// <param name="session">The session's identity: that of a session before, to take its place.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="BootFailure">A <see cref="SanFailure"/>, or the connector's.</exception>
    public static Task<IscsiLogin> RunAsync(
        Pump pump, IEntropy entropy, PortalConnector connect, IscsiOptions options, Isid session,
        CancellationToken stop) => RunAsync(pump, entropy, connect, options, session, isDiscovery: false, stop);

    /// <summary>A new session's identity.</summary>
    public static Isid NewIsid(IEntropy entropy)
    {
        Span<byte> random = stackalloc byte[6];
        entropy.Fill(random);
        return Isid.FromRandom(BigEndian.ReadU32(random, 0), BigEndian.ReadU16(random, 4));
    }

    internal static async Task<IscsiLogin> RunAsync(
        Pump pump, IEntropy entropy, PortalConnector connect, IscsiOptions options, Isid session, bool isDiscovery,
        CancellationToken stop)
    {
        using var credentials = new IscsiCredentials(options);
        var target = new TargetAddress(options.Path.Server, options.Path.Port, PortalGroupTag: null);
        bool isOldTarget = false;
        for (int redirects = 0; ;)
        {
            Portal portal = await connect(target.Host, target.Port, stop);
            var connection = new IscsiConnection(portal.Stream);
            string peer = isDiscovery ? $"{target.Host}" : $"{target.Host} ({options.Path.TargetName})";
            var exchange = new LoginExchange(connection, peer, session);
            var conversation = new LoginConversation(
                exchange, entropy, options, credentials, isDiscovery, isOldTarget);
            using var watchdog = new Watchdog(pump, stop);
            watchdog.Allow(LoginTimeMax);
            bool isOver = false;
            try
            {
                IscsiParameters parameters = await conversation.RunAsync(watchdog.Token);
                connection.ReceiveSegmentBytesMax = parameters.ReceiveSegmentBytesMax;
                connection.UseDigests(parameters.HeaderDigest, parameters.DataDigest);
                isOver = true;
                return new IscsiLogin(connection, parameters, portal.Address, target.Port);
            }
            catch (LoginRedirect redirect)
            {
                if (redirects == RedirectsMax)
                {
                    throw new BootFailure(SanFailure.TooManyRedirects,
                        $"The iSCSI target {options.Path.TargetName} redirects too often, last to {redirect.Target}");
                }
                connection.Close();
                isOver = true;
                redirects++;
                target = redirect.Target;
            }
            catch (BootFailure) when (conversation.MayBeOldTarget)
            {
                isOldTarget = true;   // once more at this portal; whoever listens could have had MD5 at once
            }
            catch (OperationCanceledException) when (watchdog.HasBarked && !stop.IsCancellationRequested)
            {
                throw new BootFailure(SanFailure.LoginTimedOut,
                    $"The iSCSI target at {peer} did not finish the login in time");
            }
            finally
            {
                if (!isOver) connection.Abort();
            }
        }
    }
}
