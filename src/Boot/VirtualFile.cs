using System;
using System.Collections.Generic;

namespace Bootlace.Boot;

/// <summary>A file shown to a started image.</summary>
public readonly record struct VirtualFile(string Name, IReadOnlyList<ReadOnlyMemory<byte>> Pieces);
