using System;

namespace Bootlace.Boot;

/// <summary>A USB device.</summary>
/// <param name="Address">Bus, from 0 on, in the high byte; then which device there, from 1 on. Both only count what the
/// firmware shows: it keeps the real addresses to itself.</param>
/// <param name="Descriptor">Its device descriptor (USB 2.0, section 9.6.1).</param>
public readonly record struct UsbDevice(ushort Address, ReadOnlyMemory<byte> Descriptor);
