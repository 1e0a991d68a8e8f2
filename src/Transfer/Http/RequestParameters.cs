using System;
using System.Collections.Generic;
using System.Text;
using Bootlace.Wire;

namespace Bootlace.Transfer;

/// <summary>What a script gives a request besides its URI: <c>##params</c> (spec/ipxe-compat.md 2.5 and 5.4). Only HTTP
/// has a use for it.</summary>
public sealed class RequestParameters
{
    private readonly List<KeyValuePair<string, string>> _headers = [];
    private readonly StringBuilder _form = new();

    /// <summary>The method asked for; null: GET, or POST where there is a form.</summary>
    public string? Method { get; init; }

    /// <summary>Header fields, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers => _headers;

    /// <summary>The form as <c>application/x-www-form-urlencoded</c>; empty: no field at all.</summary>
    public string Form => _form.ToString();

    /// <summary>Adds a field to the form; blanks become %20.</summary>
    public void AddField(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (_form.Length > 0) _form.Append('&');
        _form.Append(PercentEncoding.EncodeAll(name)).Append('=').Append(PercentEncoding.EncodeAll(value));
    }

    /// <summary>Adds a header field, in the place of what would be sent otherwise.</summary>
    public void AddHeader(string name, string value)
    {
        Check.That(HttpToken.IsToken(name) && HttpToken.IsValue(value));   // whoever takes them in has looked
        _headers.Add(new(name, value));
    }

    /// <summary>A header field of that name is given.</summary>
    public bool HasHeader(string name)
    {
        foreach (KeyValuePair<string, string> header in _headers)
        {
            if (header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }
}
