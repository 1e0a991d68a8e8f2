using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Crypto;

/// <summary>Fetches a small file over plain HTTP.</summary>
/// <exception cref="Wire.BootFailure">It cannot be had.</exception>
public delegate Task<byte[]> ResponderFetch(string uri, CancellationToken stop);
