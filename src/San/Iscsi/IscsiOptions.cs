namespace Bootlace.San;

/// <summary>Which iSCSI disk is wanted and who asks for it. An empty name or secret counts as none.</summary>
public sealed record IscsiOptions
{
    /// <summary>Server, target and LUN.</summary>
    public required RootPath Path { get; init; }

    /// <summary>Our name, an IQN by habit.</summary>
    public required string InitiatorName { get; init; }

    /// <summary>The account by which we prove who we are; null: none.</summary>
    public string? UserName { get; init; }

    /// <summary>Its secret.</summary>
    public string? Password { get; init; }

    /// <summary>The account by which the target must prove who it is; null: it need not.</summary>
    public string? ReverseUserName { get; init; }

    /// <summary>Its secret.</summary>
    public string? ReversePassword { get; init; }

    /// <summary>How often a request is tried again before it fails.</summary>
    public int Retries { get; init; } = 10;

    /// <summary>For messages: the path only, never a secret.</summary>
    public override string ToString() => Path.ToString();
}
