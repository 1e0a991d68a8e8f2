using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Script;

namespace Bootlace.ScriptCheck;

/// <summary>A network with one interface, net0, where everything is found. Addresses are those that RFC 5737 keeps for
/// documentation.</summary>
internal sealed class StubNetwork
{
    private static readonly byte[] AnyHost = [192, 0, 2, 1];

    public StubNetwork(TracePrinter printer, SettingsStore settings) =>
        Interfaces = [StubPart.Make<IInterface>(new StubInterface(printer, settings))];

    public IReadOnlyList<IInterface> Interfaces { get; }

    public IInterface? LastOpened => Interfaces[0].IsOpen ? Interfaces[0] : null;

    public Task<byte[]> ResolveAsync(string host, CancellationToken stop) => Task.FromResult(AnyHost);
}
