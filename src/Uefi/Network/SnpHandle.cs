using System;
using System.Collections.Generic;
using Bootlace.Uefi.Raw;

namespace Bootlace.Uefi;

/// <summary>A network card as the firmware shows it.</summary>
internal readonly unsafe struct SnpHandle(nint handle, SimpleNetwork* snp, byte[] devicePath)
{
    private const int EthernetAddressBytes = 6;

    public nint Handle { get; } = handle;
    public SimpleNetwork* Interface { get; } = snp;
    public byte[] DevicePath { get; } = devicePath;

    /// <summary>Finds every card once. EDK2 shows the same interface on the card's handle and on the IPv4 and IPv6
    /// children the PXE driver makes; the card is the one with the shortest device path (facts/firmware.md
    /// 1.5).</summary>
    public static List<SnpHandle> FindAll(Services services)
    {
        List<SnpHandle> cards = [];
        foreach (nint handle in services.HandlesWith(Guids.SimpleNetwork))
        {
            var snp = (SimpleNetwork*)services.TryGetProtocol(handle, Guids.SimpleNetwork);
            if (snp == null || snp->Mode == null || snp->Mode->HwAddressSize != EthernetAddressBytes) continue;
            byte[] path = DevicePaths.Of(services, handle);
            int index = IndexOf(cards, snp);
            if (index < 0) cards.Add(new SnpHandle(handle, snp, path));
            else if (IsNearer(path, cards[index].DevicePath)) cards[index] = new SnpHandle(handle, snp, path);
        }
        return cards;
    }

    private static bool IsNearer(byte[] path, byte[] known) =>
        path.Length > 0 && (known.Length == 0 || path.Length < known.Length);

    private static int IndexOf(List<SnpHandle> cards, SimpleNetwork* snp)
    {
        for (int i = 0; i < cards.Count; i++)
        {
            if (cards[i].Interface == snp) return i;
        }
        return -1;
    }
}
