using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary>How a command, line or script ended: 0 for success, a failure's code, or the number given to <c>exit</c>.
/// </summary>
/// <param name="Code">The value operators and <c>${errno}</c> see.</param>
/// <param name="Untold">What failed, if the user has not been told of it: conditions fail quietly.</param>
public readonly record struct Status(uint Code, FailureKind? Untold = null)
{
    /// <summary>All went well.</summary>
    public static Status Success => default;

    /// <summary>A condition that does not hold: nothing is printed unless it stops the script.</summary>
    public static Status Quietly(FailureKind kind) => new(kind.Code, kind);

    /// <summary>A failure that has been printed.</summary>
    public static Status Told(FailureKind kind) => new(kind.Code);

    /// <summary>Whether the code is 0.</summary>
    public bool IsSuccess => Code == 0;
}
