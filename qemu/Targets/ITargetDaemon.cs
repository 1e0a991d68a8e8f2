using System;

namespace Bootlace.Harness;

/// <summary>A running iSCSI target daemon.</summary>
public interface ITargetDaemon : IDisposable
{
    /// <summary>The address by which guests reach it.</summary>
    string Host { get; }

    /// <summary>Its port.</summary>
    int Port { get; }

    /// <summary>The LUN of a target's first disk; the others follow.</summary>
    int FirstLun { get; }
}
