using System.Collections.Generic;

namespace Bootlace.San;

/// <summary>A target that a server has.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Addresses">Its portals. None: the one the server was reached by.</param>
public sealed record DiscoveredTarget(string Name, IReadOnlyList<TargetAddress> Addresses);
