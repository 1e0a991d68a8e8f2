namespace Internal.Runtime;

internal static unsafe class InterfaceDispatch
{
    public static nint Resolve(object receiver, nint cell) => 0;
}
