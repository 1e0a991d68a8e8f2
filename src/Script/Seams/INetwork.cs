using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary>The network interfaces as commands see them.</summary>
public interface INetwork
{
    /// <summary>All of them in index order.</summary>
    IReadOnlyList<IInterface> Interfaces { get; }

    /// <summary>The most recently opened one that is still open: netX; null: none is.</summary>
    IInterface? LastOpened { get; }
}

/// <summary>A network interface.</summary>
public interface IInterface
{
    /// <summary>net0 …</summary>
    string Name { get; }
    /// <summary>Whether it is in use.</summary>
    bool IsOpen { get; }
    /// <summary>Takes it into use; harmless when it is.</summary>
    void Open();
    /// <summary>Gives it up.</summary>
    void Close();
    /// <summary>What <c>ifstat</c> prints, with line ends.</summary>
    string Describe();
    /// <summary>Gives an open interface its address: waits for the link, then asks the network. Prints what it does,
    /// throws what went wrong.</summary>
    Task ConfigureAsync(Configurator configurator, long timeoutMs, CancellationToken stop);
}

/// <summary>How an interface gets its address.</summary>
public enum Configurator
{
    /// <summary>Every way there is.</summary>
    Any,
    /// <summary>DHCPv4 only.</summary>
    Dhcp,
}
