namespace Bootlace.San;

/// <summary>How a command left the session.</summary>
internal enum TaskEnd
{
    /// <summary>It has not.</summary>
    None,

    /// <summary>The target answered: the response and the status count.</summary>
    Answered,

    /// <summary>The target did not answer in time and has given the command up on our request.</summary>
    TimedOut,

    /// <summary>The session ended; whether the command was carried out is not known.</summary>
    Lost,
}
