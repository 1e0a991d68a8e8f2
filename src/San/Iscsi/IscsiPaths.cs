using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.San;

/// <summary>The ways to one disk (spec/ipxe-compat.md 6.7): opened together, the first that becomes ready is used, the
/// rest is closed. Each keeps its ISID, so that a new session takes the place of one the target may still hold (RFC
/// 7143 section 6.3.5).</summary>
internal sealed class IscsiPaths
{
    private readonly Pump _pump;
    private readonly IEntropy _entropy;
    private readonly PortalConnector _connect;
    private readonly IReadOnlyList<IscsiOptions> _options;
    private readonly Isid[] _ids;

    /// <param name="pump">Where it runs.</param>
    /// <param name="entropy">For ISIDs and challenges.</param>
    /// <param name="connect">Opens connections.</param>
    /// <param name="options">One or more.</param>
    public IscsiPaths(Pump pump, IEntropy entropy, PortalConnector connect, IReadOnlyList<IscsiOptions> options)
    {
        Check.That(options.Count > 0);
        (_pump, _entropy, _connect, _options) = (pump, entropy, connect, options);
        _ids = new Isid[options.Count];
        for (int i = 0; i < _ids.Length; i++) _ids[i] = IscsiLogin.NewIsid(entropy);
    }

    /// <summary>How often a request is tried again.</summary>
    public int Retries => _options[0].Retries;

    /// <summary>Opens the first that works.</summary>
    /// <exception cref="BootFailure">None works: what is wrong with the first.</exception>
    public async Task<IscsiPath> OpenFirstAsync(CancellationToken stop)
    {
        if (_options.Count == 1) return await OpenAsync(0, stop);
        using var race = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var attempts = new List<Task<IscsiPath>>();
        for (int i = 0; i < _options.Count; i++) attempts.Add(OpenAsync(i, race.Token));
        Task<IscsiPath> first = attempts[0];
        try
        {
            while (attempts.Count > 0)
            {
                Task<IscsiPath> done = await Task.WhenAny(attempts);
                attempts.Remove(done);
                try
                {
                    return await done;
                }
                catch (BootFailure)
                {
                    // the others may still work
                }
            }
        }
        finally
        {
            race.Cancel();
            foreach (Task<IscsiPath> late in attempts) _ = CloseLateAsync(late);
        }
        return await first;   // throws
    }

    private async Task<IscsiPath> OpenAsync(int index, CancellationToken stop)
    {
        IscsiOptions options = _options[index];
        IscsiLogin login = await IscsiLogin.RunAsync(_pump, _entropy, _connect, options, _ids[index], stop);
        var session = new IscsiSession(_pump, login, options.Path.TargetName);
        try
        {
            DiskTraits traits = await new ScsiProbe(_pump, session, options.Path.Lun).RunAsync(stop);
            return new IscsiPath(options, session, traits);
        }
        catch (BootFailure)
        {
            await session.CloseAsync();
            throw;
        }
        catch (OperationCanceledException)
        {
            session.Abort();
            throw;
        }
    }

    private static async Task CloseLateAsync(Task<IscsiPath> attempt)
    {
        try
        {
            await (await attempt).Session.CloseAsync();
        }
        catch (Exception failure) when (failure is BootFailure or OperationCanceledException)
        {
            // it lost the race anyway
        }
    }
}
