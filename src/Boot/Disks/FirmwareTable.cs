using System;
using System.Collections.Generic;
using Bootlace.Net;
using Bootlace.San;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>The iBFT: what the operating system knows of the drives (spec/ipxe-compat.md 6.8). It is in place while
/// there is a drive to describe.</summary>
internal sealed class FirmwareTable(BootParts parts)
{
    private IDisposable? _installed;

    /// <summary>Describes these drives, in the place of those before. Only the first few fit, over at most two cards
    /// and by one name of ours; of the others the operating system has to hear otherwise, so we say which they are.
    /// </summary>
    public void Update(IReadOnlyList<SanDrive> drives)
    {
        _installed?.Dispose();
        _installed = null;
        var nics = new List<IbftNic>();
        var targets = new List<IbftTarget>();
        string initiator = "";
        foreach (SanDrive drive in drives)
        {
            if (drive is not { IsDescribed: true, Disk.Iscsi: { } iscsi, Route: { } route }) continue;
            int nic = IndexOf(nics, route);
            string name = iscsi.Options.InitiatorName;
            bool isSameName = targets.Count == 0 || name == initiator;
            bool fits = isSameName && nic < IbftTable.NicsMax && targets.Count < IbftTable.TargetsMax;
            if (!fits && !drive.IsLeftOut) SayLeftOut(drive.Number, isSameName);
            drive.IsLeftOut = !fits;
            if (!fits) continue;
            if (nic == nics.Count) nics.Add(Describe(route, isSelected: nic == 0));
            targets.Add(Describe(iscsi, nic, isSelected: targets.Count == 0));
            initiator = name;
        }
        if (targets.Count == 0) return;
        var table = new IbftTable { InitiatorName = initiator, Nics = nics, Targets = targets };
        if (!table.TryToBytes(out byte[] bytes)) throw new BootFailure(SanFailure.CannotDescribe);
        _installed = parts.Disks.InstallTable(bytes);
        Array.Clear(bytes);   // its secrets lie where the operating system finds them, and nowhere else
    }

    private void SayLeftOut(uint drive, bool isSameName)
    {
        string room = isSameName ? $"{IbftTable.TargetsMax} targets over {IbftTable.NicsMax} cards"
            : "the targets of one initiator-iqn";
        parts.Console.Write($"SAN drive 0x{drive:x} is not in the iBFT, which holds {room}: "
            + "the operating system does not learn of it\n");
    }

    private static int IndexOf(List<IbftNic> nics, DiskRoute route)
    {
        int index = 0;
        while (index < nics.Count && !IsFor(nics[index], route.Card)) index++;
        return index;
    }

    private static bool IsFor(IbftNic nic, NetworkInterface card) =>
        nic.Mac == card.Device.Address && nic.Vlan == card.VlanId;

    private IbftNic Describe(DiskRoute route, bool isSelected)
    {
        INetworkDevice card = route.Card.Device;
        return new IbftNic
        {
            IsSelected = isSelected,
            Mac = card.Address,
            Address = route.Ipv4.Address,
            PrefixLength = (byte)route.Ipv4.PrefixLength,
            Origin = route.IsFromDhcp ? IbftOrigin.Dhcp : IbftOrigin.Manual,
            Gateway = route.Ipv4.Gateway,
            Dns = route.NameServer,
            SecondDns = route.SecondNameServer,
            DhcpServer = route.IsFromDhcp ? route.DhcpServer : default,
            Vlan = (ushort)route.Card.VlanId,
            PciLocation = parts.PciAddressOf(card) ?? 0,
            HostName = route.HostName,
        };
    }

    private static IbftTarget Describe(IscsiSource disk, int nic, bool isSelected) => new()
    {
        IsSelected = isSelected,
        Address = disk.Address,
        Port = disk.Port,
        Lun = disk.Options.Path.Lun,
        NicIndex = nic,
        Name = disk.Options.Path.TargetName,
        UserName = disk.Options.UserName ?? "",
        Password = disk.Options.Password ?? "",
        ReverseUserName = disk.Options.ReverseUserName ?? "",
        ReversePassword = disk.Options.ReversePassword ?? "",
    };
}
