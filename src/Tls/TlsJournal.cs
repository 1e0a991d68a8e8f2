using System.Collections.Generic;

namespace Bootlace.Tls;

/// <summary>The last connections, the latest last.</summary>
public sealed class TlsJournal
{
    /// <summary>The most that are remembered.</summary>
    public const int CountMax = 16;

    private readonly List<TlsReport> _reports = [];

    /// <summary>All of them.</summary>
    public IReadOnlyList<TlsReport> Reports => _reports;

    internal void Add(TlsReport report)
    {
        if (_reports.Count == CountMax) _reports.RemoveAt(0);
        _reports.Add(report);
    }
}
