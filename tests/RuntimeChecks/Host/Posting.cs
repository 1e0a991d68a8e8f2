namespace Bootlace.RuntimeChecks;

/// <summary>What awaiting in a context costs.</summary>
internal static class Posting
{
    /// <summary>.NET wraps what a source posts, about this many bytes a time.</summary>
    public const int BytesAPost = 100;
}
