namespace Bootlace.San;

/// <summary>What to do about a command that has ended.</summary>
internal enum ScsiAction
{
    /// <summary>Nothing: it went well.</summary>
    None,

    /// <summary>Send it again.</summary>
    Repeat,

    /// <summary>Send it again after a while.</summary>
    RepeatLater,

    /// <summary>Send it in the session that comes next.</summary>
    Reinstate,

    /// <summary>It cannot be helped.</summary>
    Fail,
}
