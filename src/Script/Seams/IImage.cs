namespace Bootlace.Script;

/// <summary>A fetched file.</summary>
public interface IImage
{
    /// <summary>What commands call it.</summary>
    string Name { get; }
    /// <summary>Length.</summary>
    ulong SizeBytes { get; }
    /// <summary>What was recognised: script, EFI, data.</summary>
    string TypeName { get; }
    /// <summary>Arguments; null: none.</summary>
    string? CommandLine { get; set; }
    /// <summary>A signature, a pinned digest or a signed list vouches for its content.</summary>
    bool IsTrusted { get; }
    /// <summary>Freed once it has run.</summary>
    bool IsAutoFree { get; set; }
}
