using System;

namespace Bootlace.Harness;

/// <summary>Something outside the harness went wrong: a missing tool, a failed download, a guest that stayed silent.
/// The
/// message is one sentence for a person, with what to do about it.</summary>
public sealed class HarnessException(string message) : Exception(message);
