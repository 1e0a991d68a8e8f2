using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Crypto;

namespace Bootlace.Tls;

/// <summary>What else must hold for a chain that is trusted, such as that nothing in it was revoked: see <see
/// cref="RevocationCheck.RequireAsync"/>. It may ask others over the network.</summary>
/// <exception cref="Wire.BootFailure">It does not hold.</exception>
public delegate Task ChainCheck(IReadOnlyList<Certificate> chain, CancellationToken stop);
