using System.Collections.Generic;

namespace Bootlace.Script;

/// <summary>A target of an iSCSI server.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Portals">Its portals as the server writes them: <c>address:port,group</c>. May be empty.</param>
public sealed record SanTarget(string Name, IReadOnlyList<string> Portals);
