using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.San;

/// <summary>A target's portal that we are connected to.</summary>
/// <param name="Stream">The connection.</param>
/// <param name="Address">The address it goes to.</param>
public readonly record struct Portal(IByteStream Stream, IpAddress Address);
