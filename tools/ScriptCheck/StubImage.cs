using Bootlace.Script;

namespace Bootlace.ScriptCheck;

/// <summary>A file that pretends to have been fetched.</summary>
internal sealed class StubImage(string name, string uri, byte[]? content)
{
    public string Name => name;
    public string Uri => uri;
    /// <summary>What it holds; null: nobody knows, it would come over the network.</summary>
    public byte[]? Content => content;
    public ulong SizeBytes => (ulong)(content?.Length ?? 0);
    public string TypeName => IsScript ? "script" : "EFI";
    public string? CommandLine { get; set; }
    public bool IsTrusted { get; set; }
    public bool IsAutoFree { get; set; }
    public bool IsScript => content is not null && ScriptSource.IsScript(content);
}
