namespace Bootlace.Script;

/// <summary>The machine's power switch.</summary>
public interface IMachine
{
    /// <summary>Starts the machine anew.</summary>
    void Reboot(bool warm, bool intoSetup);

    /// <summary>Switches it off.</summary>
    void PowerOff();
}
