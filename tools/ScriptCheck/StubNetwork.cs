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

    private readonly TracePrinter _printer;
    private readonly SettingsStore _settings;
    private readonly List<IInterface> _interfaces = [];

    public StubNetwork(TracePrinter printer, SettingsStore settings)
    {
        (_printer, _settings) = (printer, settings);
        Add("net0");
    }

    public IReadOnlyList<IInterface> Interfaces => _interfaces;

    public IInterface? LastOpened => _interfaces.FindLast(it => it.IsOpen);

    public void CreateVlan(IInterface trunk, long tag, long priority) => Add($"{trunk.Name}-{tag}");

    public void DestroyVlan(IInterface vlan) => _interfaces.Remove(vlan);

    public Task<byte[]> ResolveAsync(string host, CancellationToken stop) => Task.FromResult(AnyHost);

    private void Add(string name) =>
        _interfaces.Add(StubPart.Make<IInterface>(new StubInterface(_printer, _settings, name)));
}
