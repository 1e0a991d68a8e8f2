using System;

namespace Bootlace.ScriptCheck;

/// <summary>A trace cannot go on.</summary>
/// <param name="reason">Why.</param>
/// <param name="isSuccess">Somebody else would take over the machine here, as the script wants it.</param>
internal sealed class TraceEnd(string reason, bool isSuccess) : Exception(reason)
{
    /// <summary>The script has done what it was written for.</summary>
    public bool IsSuccess => isSuccess;
}
