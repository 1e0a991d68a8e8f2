using System.Collections.Generic;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary>What <c>params</c> and <c>param</c> put together for a request (spec/ipxe-compat.md 2.5). All text is
/// <see cref="ByteText"/>.</summary>
/// <param name="method">The method asked for; null: the usual one.</param>
public sealed class ParameterList(string? method)
{
    private const int EntriesMax = 1024;
    private const int CharactersMax = 1 << 20;

    private readonly List<KeyValuePair<string, string>> _fields = [];
    private readonly List<KeyValuePair<string, string>> _headers = [];
    private int _characters;

    /// <summary>The method asked for; null: the usual one.</summary>
    public string? Method => method;

    /// <summary>Fields of the form, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields => _fields;

    /// <summary>Header fields, in order; each may stand in a request.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers => _headers;

    /// <summary>Adds a field of the form.</summary>
    /// <exception cref="BootFailure">There are too many.</exception>
    public void AddField(string name, string value) => Add(_fields, name, value);

    /// <summary>Adds a header field.</summary>
    /// <exception cref="BootFailure">It is none, it is ours to send, or there are too many.</exception>
    public void AddHeader(string name, string value)
    {
        if (!HttpToken.IsToken(name) || !HttpToken.IsValue(value))
        {
            throw new BootFailure(
                ScriptFailure.BadHeader, $"'{ByteText.ToUnicode(name)}' makes no header field of a request");
        }
        // What says where a request ends, or which part of a file it wants, is for the transfer to say.
        if (name.ToLowerInvariant() is "content-length" or "transfer-encoding" or "connection" or "range" or "if-range"
            or "expect" or "te" or "trailer" or "upgrade")
            throw new BootFailure(ScriptFailure.BadHeader, $"The header field '{name}' is for the loader to send");
        Add(_headers, name, value);
    }

    private void Add(List<KeyValuePair<string, string>> list, string name, string value)
    {
        _characters += name.Length + value.Length;
        if (_fields.Count + _headers.Count == EntriesMax || _characters > CharactersMax)
            throw new BootFailure(ScriptFailure.ParametersTooLong);
        list.Add(new(name, value));
    }
}
