using System;

namespace Internal.Runtime;

/// <summary>Carries a trace to the crash report; no clause catches it.</summary>
internal sealed class FailFastException(string? message) : Exception(message);
