namespace System.Runtime.CompilerServices;

/// <summary>Precedes the statics of a class whose constructor runs on first use; compiled code takes zero for "has
/// run".
/// </summary>
internal struct StaticClassConstructionContext
{
    public IntPtr cctorMethodAddress;
}
