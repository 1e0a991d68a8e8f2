namespace Bootlace.Script;

/// <summary>An option of a command: <c>--key K</c>, <c>-k K</c>.</summary>
/// <param name="Long">Its long name.</param>
/// <param name="Short">Its letter.</param>
/// <param name="Value">What its value is called in the usage text; null: it takes none.</param>
public sealed record Option(string Long, char Short, string? Value = null)
{
    /// <summary>As the usage text shows it.</summary>
    public override string ToString() => Value is null ? $"[-{Short}|--{Long}]" : $"[-{Short}|--{Long} <{Value}>]";
}
