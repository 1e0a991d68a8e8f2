namespace Bootlace.ScriptCheck;

/// <summary>A power switch: it ends the trace.</summary>
internal sealed class StubPower
{
    public void Reboot(bool warm, bool intoSetup) =>
        throw new TraceEnd(intoSetup ? "the machine would start its setup here" : "the machine would start anew here",
            isSuccess: true);

    public void PowerOff() => throw new TraceEnd("the machine would be switched off here", isSuccess: true);
}
