namespace Internal.Runtime;

internal static unsafe class OwnStack
{
    public static void EnsureSufficient() { }
}
