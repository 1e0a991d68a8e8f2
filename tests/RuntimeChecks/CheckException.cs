using System;

namespace Bootlace.RuntimeChecks;

/// <summary>A check that did not hold.</summary>
internal sealed class CheckException(string message) : Exception(message);
