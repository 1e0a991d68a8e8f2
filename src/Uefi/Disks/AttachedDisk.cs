using System;
using Bootlace.Wire;

namespace Bootlace.Uefi;

/// <summary>A disk behind a <see cref="DiskFace"/>, from its attachment to its end; the face may outlive it.</summary>
internal sealed class AttachedDisk(DiskHost host, DiskFace face, bool needsNetwork) : ShownDisk
{
    private bool _isDetached;

    public override ReadOnlySpan<byte> DevicePath => face.Path;
    public override bool NeedsNetwork => needsNetwork;
    public override BootFailure? LastFailure => face.LastFailure;

    public override void Detach()
    {
        if (_isDetached) return;
        _isDetached = true;
        host.Withdraw(this, face);
    }
}
