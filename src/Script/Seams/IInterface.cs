using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

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
    /// <summary>Its addresses and routes as <c>route</c> prints them, with line ends.</summary>
    string DescribeRoutes();
    /// <summary>The stations on its link as <c>nstat</c> prints them, with line ends.</summary>
    string DescribeNeighbors();
    /// <summary>Asks for a PXE boot server of a type; its answer becomes the settings block <c>pxebs</c>.</summary>
    /// <exception cref="Wire.BootFailure">None answers.</exception>
    Task FindBootServerAsync(int type, CancellationToken stop);
    /// <summary>Waits until an open interface has its link, 0 ms = the usual time.</summary>
    /// <exception cref="Wire.BootFailure">It has none by then.</exception>
    Task WaitForLinkAsync(long timeoutMs, CancellationToken stop);
    /// <summary>Gives an open interface its address: waits for the link, then asks the network. Prints what it does,
    /// throws what went wrong.</summary>
    Task ConfigureAsync(Configurator configurator, long timeoutMs, CancellationToken stop);
}
