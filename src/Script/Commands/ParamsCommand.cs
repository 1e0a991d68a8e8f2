using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary><c>params</c>: begins a list of request parameters, which <c>param</c> fills and a URI that ends in
/// <c>##params</c> uses up (spec/ipxe-compat.md 2.5).</summary>
public sealed class ParamsCommand(ParameterShelf shelf) : Command("params", "", 0, 0, [NameOption, Method, Delete])
{
    private static readonly Option NameOption = new("name", 'n', "name");
    private static readonly Option Method = new("method", 'm', "method");
    private static readonly Option Delete = new("delete", 'd');

    /// <inheritdoc/>
    public override ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        string name = call.Text(NameOption) ?? "";
        if (call.Has(Delete)) shelf.Take(name);
        else shelf.Put(name, new ParameterList(ReadMethod(call.Text(Method))));
        return new(Status.Success);
    }

    /// <summary>All methods there are have upper-case letters, and servers tell the case.</summary>
    private static string? ReadMethod(string? text)
    {
        if (text is null or "") return null;
        if (HttpToken.IsToken(text)) return text.ToUpperInvariant();
        throw new BootFailure(ScriptFailure.BadMethod, $"'{ByteText.ToUnicode(text)}' is no method of HTTP");
    }
}
