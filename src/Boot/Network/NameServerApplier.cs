using System;
using System.Collections.Generic;
using Bootlace.Net;
using Bootlace.Script;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>Tells the resolver the servers and the search list the settings name, whether by a lease or by <c>set
/// dns</c>.
/// </summary>
public sealed class NameServerApplier(SettingsStore settings, DnsResolver resolver)
{
    private const int ServersMax = 8;

    /// <summary>To be called whenever a setting has changed.</summary>
    public void Apply()
    {
        resolver.Servers = ReadServers(settings.Fetch(settings.Root, "dns"));
        resolver.SearchList = ReadSearchList();
    }

    private static List<Ipv4Address> ReadServers(byte[]? value)
    {
        var servers = new List<Ipv4Address>();
        if (value is null) return servers;
        for (int i = 0; i < ServersMax && value.Length - Ipv4Address.Bytes * i >= Ipv4Address.Bytes; i++)
        {
            Ipv4Address server = Ipv4Address.Read(value.AsSpan(Ipv4Address.Bytes * i));
            if (server.IsHost) servers.Add(server);
        }
        return servers;
    }

    /// <summary>Option 119 if it is there, else the domain alone.</summary>
    private string[] ReadSearchList()
    {
        if (settings.TryFormat("dnssl", out string list) && list.Length > 0) return list.Split(' ');
        return settings.TryFormat("domain", out string domain) && domain.Length > 0 ? [domain] : [];
    }
}
