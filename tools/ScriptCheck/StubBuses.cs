using Bootlace.Script;

namespace Bootlace.ScriptCheck;

/// <summary>An x86 of 64 bits with one network card on its bus.</summary>
internal sealed class StubBuses : IBuses
{
    private const uint CardAddress = 0x18, LongMode = 1u << 29;

    public bool HasCpuid => true;

    public uint? FindPci(uint first) => first <= CardAddress ? CardAddress : null;

    public uint? FindUsb(uint first) => null;

    public uint ReadCpuFeatures(bool isExtended, bool isSecond) => isExtended && !isSecond ? LongMode : 0;
}
