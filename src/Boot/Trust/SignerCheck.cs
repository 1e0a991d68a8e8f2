using System;
using System.Collections.Generic;

namespace Bootlace.Boot;

/// <summary>Says whether a signer's certificate leads to somebody we trust and may sign programs.</summary>
/// <param name="certificate">The signer's certificate, encoded.</param>
/// <param name="others">What may link it to a root, in no order, encoded.</param>
/// <exception cref="Wire.BootFailure">It may not be believed.</exception>
public delegate void SignerCheck(ReadOnlyMemory<byte> certificate, IReadOnlyList<ReadOnlyMemory<byte>> others);
