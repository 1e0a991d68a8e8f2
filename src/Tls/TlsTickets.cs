using System.Collections.Generic;

namespace Bootlace.Tls;

/// <summary>Tickets, one for each host and port. One stands for a verdict, so all go when the trust changes, and one is
/// good for once, so it is taken out.</summary>
internal sealed class TlsTickets
{
    internal const int CountMax = 32;

    private readonly Dictionary<string, TlsTicket> _tickets = [];
    private int _generation;

    /// <summary>Takes the one for a host; null: there is none.</summary>
    public TlsTicket? Take(string host, ushort port, int generation)
    {
        Follow(generation);
        return _tickets.Remove(KeyOf(host, port), out TlsTicket? ticket) ? ticket : null;
    }

    /// <summary>Keeps one that a verdict of <paramref name="generation"/> led to.</summary>
    /// <param name="host">Whose.</param>
    /// <param name="port">Whose.</param>
    /// <param name="ticket">It.</param>
    /// <param name="generation">The trust's when the handshake began.</param>
    /// <param name="present">The trust's now.</param>
    public void Keep(string host, ushort port, TlsTicket ticket, int generation, int present)
    {
        Follow(present);
        if (generation != present) return;
        if (_tickets.Count == CountMax) _tickets.Clear();
        _tickets[KeyOf(host, port)] = ticket;
    }

    /// <summary>Drops all.</summary>
    public void Clear() => _tickets.Clear();

    private void Follow(int generation)
    {
        if (_generation != generation) Clear();
        _generation = generation;
    }

    private static string KeyOf(string host, ushort port) => $"{host.ToLowerInvariant()} {port}";
}
