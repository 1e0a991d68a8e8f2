using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>Finds the addresses of a host by asking DNS servers over UDP (RFC 1034 section 5.3.1, as a stub).</summary>
public sealed class DnsResolver(Pump pump, NetworkStack stack, IEntropy entropy)
{
    private const int AliasesMax = 32;

    /// <summary>The servers, best first; asked in turn.</summary>
    public IReadOnlyList<Ipv4Address> Servers { get; set; } = [];

    /// <summary>Domains in which names without a dot are looked for, before the bare name.</summary>
    public IReadOnlyList<string> SearchList { get; set; } = [];

    /// <summary>Finds a host's addresses, best first and at least one. An address as text is its own answer.</summary>
    /// <exception cref="BootFailure">A kind of <see cref="DnsFailure"/>.</exception>
    public async Task<IReadOnlyList<IpAddress>> ResolveAsync(string host, CancellationToken stop)
    {
        if (IpAddress.TryParse(host, out IpAddress address)) return [address];
        if (Servers.Count == 0) throw new BootFailure(DnsFailure.NoServer, $"No DNS server is known to ask for {host}");
        if (!host.Contains('.'))
        {
            for (int i = 0; i < SearchList.Count; i++)
            {
                string longer = $"{host}.{SearchList[i]}";
                if (!IsName(longer)) continue;
                (FailureKind? trouble, List<IpAddress> found) = await LookUpAsync(longer, stop);
                if (trouble is null) return found;
            }
        }
        if (!IsName(host)) throw new BootFailure(DnsFailure.BadName, $"'{host}' is not a host name");
        (FailureKind? failure, List<IpAddress> addresses) = await LookUpAsync(host, stop);
        if (failure is null) return addresses;
        throw new BootFailure(failure, failure == DnsFailure.NoAddress
            ? $"The host {host} has no IPv4 address" : $"There is no host {host}");
    }

    private static bool IsName(string text)
    {
        Span<byte> wire = stackalloc byte[DnsName.BytesMax];
        return DnsName.TryEmit(wire, text, out _);
    }

    /// <summary>Looks one full name up, following its aliases. Only that the name or its address does not exist is a
    /// result here, other trouble is thrown: another name would not fare better.</summary>
    private async Task<(FailureKind? Trouble, List<IpAddress> Addresses)> LookUpAsync(
        string fullName, CancellationToken stop)
    {
        string name = fullName.TrimEnd('.').ToLowerInvariant();
        int aliases = 0;
        while (true)
        {
            string asked = name;
            using var query = new DnsConversation(pump, stack, entropy, Servers, asked, DnsRecordType.A);
            DnsAnswer answer = await query.RunAsync(stop);
            while (answer.TryFollow(ref name))
            {
                if (++aliases > AliasesMax)
                    throw new BootFailure(DnsFailure.AliasLoop, $"The aliases of {fullName} lead in a circle");
            }
            List<IpAddress> found = answer.AddressesOf(name);
            if (found.Count > 0) return (null, found);
            if (answer.Status == DnsStatus.NoSuchName) return (DnsFailure.NoSuchName, found);
            if (name == asked) return (DnsFailure.NoAddress, found);
        }
    }
}
