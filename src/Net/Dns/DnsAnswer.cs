using System.Collections.Generic;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>The records of a response that concern us.</summary>
internal sealed class DnsAnswer
{
    private readonly List<(string Name, IpAddress Address)> _addresses = [];
    private readonly List<(string Name, string Target)> _aliases = [];

    public DnsAnswer(in DnsView view)
    {
        Status = view.Status;
        (int, int) cursor = default;
        while (view.TryTake(ref cursor, out DnsRecord record))
        {
            if (record.Type == DnsRecordType.Cname) _aliases.Add((record.Name, record.CanonicalName));
            else if (record.Type == view.QuestionType) _addresses.Add((record.Name, record.Address));
        }
    }

    public DnsStatus Status { get; }

    /// <summary>There is something in it, though perhaps only an alias.</summary>
    public bool HasRecords => _addresses.Count + _aliases.Count > 0;

    public List<IpAddress> AddressesOf(string name)
    {
        var found = new List<IpAddress>();
        foreach ((string owner, IpAddress address) in _addresses)
        {
            if (owner == name && !found.Contains(address)) found.Add(address);
        }
        return found;
    }

    /// <summary>Goes one alias on; false if the name is none. A name with an address is not followed further.</summary>
    public bool TryFollow(ref string name)
    {
        foreach ((string owner, _) in _addresses)
        {
            if (owner == name) return false;
        }
        foreach ((string owner, string target) in _aliases)
        {
            if (owner != name) continue;
            name = target;
            return true;
        }
        return false;
    }
}
