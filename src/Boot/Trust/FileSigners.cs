using System;
using System.Collections.Generic;

namespace Bootlace.Boot;

/// <summary>Who has signed a file, by a message whose signatures fit. Whether they may be believed is another
/// question: see <see cref="SignerCheck"/>.</summary>
/// <param name="Name">The name of one, for the screen.</param>
/// <param name="Certificates">The certificates of all whose signature counts, encoded.</param>
/// <param name="Others">All certificates that came along.</param>
internal sealed record FileSigners(
    string Name, IReadOnlyList<ReadOnlyMemory<byte>> Certificates, IReadOnlyList<ReadOnlyMemory<byte>> Others);
