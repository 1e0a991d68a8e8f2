using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Boot;

/// <summary>Says whether a signer's certificate leads to somebody we trust, may sign programs and was not revoked: the
/// last may have to be asked over the network.</summary>
/// <param name="certificate">The signer's certificate, encoded.</param>
/// <param name="others">What may link it to a root, in no order, encoded.</param>
/// <param name="stop">Ctrl-C.</param>
/// <exception cref="Wire.BootFailure">It may not be believed.</exception>
public delegate Task SignerCheck(
    ReadOnlyMemory<byte> certificate, IReadOnlyList<ReadOnlyMemory<byte>> others, CancellationToken stop);
