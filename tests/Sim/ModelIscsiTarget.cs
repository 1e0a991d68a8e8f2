using System;
using System.Collections.Generic;

namespace Bootlace.Tests.Sim;

/// <summary>An iSCSI target that shares nothing with our initiator but the PDU formats: strict about what we send, and
/// as odd in its answers as a test likes. Each connection is a <see cref="ModelIscsiConnection"/>; whatever carries the
/// bytes feeds it.</summary>
/// <remarks>Login, text and discovery are in the parts .Login and .Text, the full feature phase in
/// .FullFeature.</remarks>
public sealed partial class ModelIscsiTarget
{
    public const string DefaultName = "iqn.2025-01.test.bootlace:disk";

    /// <summary>The only target there is.</summary>
    public string Name { get; set; } = DefaultName;

    /// <summary>Connections so far, the newest last.</summary>
    public List<ModelIscsiConnection> Connections { get; } = [];

    /// <summary>Takes a connection.</summary>
    public ModelIscsiConnection Accept()
    {
        var connection = new ModelIscsiConnection(this);
        Connections.Add(connection);
        return connection;
    }
}
