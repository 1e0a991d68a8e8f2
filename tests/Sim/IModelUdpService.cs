using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.Tests.Sim;

/// <summary>What a <see cref="ModelHost"/> does with the datagrams of one port.</summary>
public interface IModelUdpService
{
    Instant NextDeadline { get; }
    void Handle(ModelHost host, Ipv4Address source, ushort port, byte[] payload);
    void Poll(ModelHost host);
}
