using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary>Finds interfaces by the names scripts give them: net0, net0-5, and netX for the one opened last.</summary>
internal static class InterfaceNames
{
    /// <summary>That interface, or null.</summary>
    public static IInterface? Find(INetwork network, string name)
    {
        foreach (IInterface candidate in network.Interfaces)
        {
            if (candidate.Name == name) return candidate;
        }
        return name == "netX" ? network.LastOpened : null;
    }

    /// <summary>That interface.</summary>
    /// <exception cref="BootFailure">There is none.</exception>
    public static IInterface Require(INetwork network, string name) => Find(network, name) ?? throw Unknown(name);

    /// <summary>What is wrong with the name.</summary>
    public static BootFailure Unknown(string name) => new(
        ScriptFailure.NoSuchInterface, $"There is no network interface '{ByteText.ToUnicode(name)}'");
}
