using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>A station on the link, for people to read.</summary>
/// <param name="Address">Its IPv4 address.</param>
/// <param name="Station">Its station address; all zeros while it is being asked for.</param>
/// <param name="IsKnown">Whether it has answered.</param>
public readonly record struct NeighborEntry(Ipv4Address Address, MacAddress Station, bool IsKnown);
