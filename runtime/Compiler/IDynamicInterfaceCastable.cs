using Internal.Runtime;

namespace System.Runtime.InteropServices;

/// <summary>The compiler insists on it; nothing implements it.</summary>
internal unsafe interface IDynamicInterfaceCastable
{
    internal static IntPtr GetDynamicInterfaceImplementation(
        IDynamicInterfaceCastable instance, IntPtr interfaceType, ushort slot) => 0;
}
