using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>item</c>: adds a line to a menu or form.</summary>
public sealed class ItemCommand(MenuShelf shelf)
    : Command("item", "[<name> [<text>...]]", 0, Unlimited, [MenuName, FormName, Key, Default, Secret, Gap])
{
    private static readonly Option MenuName = new("menu", 'm', "menu");
    private static readonly Option FormName = new("form", 'f', "form");
    private static readonly Option Key = new("key", 'k', "key");
    private static readonly Option Default = new("default", 'd');
    private static readonly Option Secret = new("secret", 's');
    private static readonly Option Gap = new("gap", 'g');

    /// <inheritdoc/>
    public override ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        Menu menu = shelf.Require(call.Text(MenuName) ?? call.Text(FormName) ?? "");
        int key = KeyText.Read(call.Text(Key) ?? "");
        bool isGap = call.Has(Gap) || call.Arguments.Count == 0;
        menu.Add(isGap
            ? new MenuItem(null, call.Joined(0), key)
            : new MenuItem(call.Arguments[0], call.Joined(1), key, call.Has(Default), call.Has(Secret)));
        return new(Status.Success);
    }
}
