using Bootlace.Script;

namespace Bootlace.Boot;

/// <summary>The power switch, by the firmware.</summary>
public sealed class Machine(IFirmware firmware) : IMachine
{
    /// <inheritdoc/>
    public void Reboot(bool warm, bool intoSetup) =>
        firmware.Reset(intoSetup ? ResetKind.Setup : warm ? ResetKind.Warm : ResetKind.Cold);

    /// <inheritdoc/>
    public void PowerOff() => firmware.Reset(ResetKind.Off);
}
