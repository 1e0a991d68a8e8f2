using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>menu</c> and <c>form</c>: begin one, which <c>item</c> fills.</summary>
public sealed class MenuCommand(string name, MenuShelf shelf)
    : Command(name, "[<title>...]", 0, Unlimited, [NameOption, Delete])
{
    private static readonly Option NameOption = new("name", 'n', "name");
    private static readonly Option Delete = new("delete", 'd');

    /// <inheritdoc/>
    public override ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        string itsName = call.Text(NameOption) ?? "";
        if (call.Has(Delete)) shelf.Remove(itsName);
        else shelf.Put(itsName, new Menu(call.Joined(0)));
        return new(Status.Success);
    }
}
