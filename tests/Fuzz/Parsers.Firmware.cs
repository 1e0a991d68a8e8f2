using System;
using Bootlace.Tests.Wire;
using Bootlace.Wire;

namespace Bootlace.Tests.Fuzz;

/// <summary>The rows of what the firmware's tables and the switch say of themselves.</summary>
internal static partial class Parsers
{
    private static FuzzRow[] Firmware =>
    [
        new("Smbios", Smbios, [1, 6, 0, 0, 1, 2, (byte)'A', 0, (byte)'B', (byte)'C', 0, 0, 127, 4, 0, 0, 0, 0]),
        new("SmbiosEntryPoint", bytes => SmbiosEntryPoint.TryRead(bytes, out _), [.. "_SM3_"u8, .. new byte[19]])
        {
            IsWhole = true,
        },
        new("AcpiRootPointer", bytes => AcpiRootPointer.TryRead(bytes, out _), AcpiTests.RootPointer),
        new("DeviceTree", Tree, DeviceTreeTests.Tree, TestTree.Make("/{model='b' chosen{bootargs='old' s{}} t{}}")),
        new("AcpiHeader", Acpi, AcpiTests.Table),
        new("Lldp", Lldp, LldpTests.Unit),
        new("SpanningTree", SpanningTree, SwitchingTests.Discarding),
        new("Lacp", Lacp, SwitchingTests.LacpQuestion),
        new("Eapol", Eapol, SwitchingTests.EapQuestion),
        new("AcpiStationAddress", bytes => AcpiStationAddress.TryFind(bytes, out _), AcpiTests.Code),
    ];

    private static bool Smbios(ReadOnlySpan<byte> bytes)
    {
        if (!SmbiosTable.TryFind(bytes, 1, 0, out SmbiosStructure system)) return false;
        for (int i = 0; i < 256; i++)
        {
            if (system.TryReadText(i, out ReadOnlySpan<byte> text)) See(text.Length);
        }
        See(system.Fields.Length);
        SmbiosTable.TryReadUuid(bytes, out _);
        SmbiosTable.TryFind(bytes, 127, 1, out _);
        return true;
    }

    private static bool Lldp(ReadOnlySpan<byte> bytes)
    {
        if (!LldpUnit.TryMeasure(bytes, out int countBytes, out int lifetime, out ParseError error))
            return Refused(error);
        See(lifetime);
        for (int type = 0; type < 128; type++)
        {
            if (LldpUnit.TryFind(bytes[..countBytes], (byte)type, 5, 1, type & 1, out ReadOnlySpan<byte> value))
                See(value.Length);
        }
        return true;
    }

    private static bool Tree(ReadOnlySpan<byte> bytes)
    {
        if (!DeviceTreeView.TryRead(bytes, out DeviceTreeView tree, out ParseError error)) return Refused(error);
        See(tree.Reservations.Length + tree.Structure.Length + tree.Strings.Length + (int)tree.BootProcessor);
        byte[] target = new byte[Math.Min(4 * bytes.Length, 1 << 16) + BootArguments.GrowthMax(1)];
        if (BootArguments.TrySet(bytes, "q"u8, target, out int countBytes, out _)) See(target.AsSpan(0, countBytes));
        return true;
    }

    private static bool SpanningTree(ReadOnlySpan<byte> bytes)
    {
        if (!SpanningTreeView.TryRead(bytes, out SpanningTreeView tree, out ParseError error)) return Refused(error);
        if (tree.IsRapid) See(tree.HelloMilliseconds + (tree.IsForwarding ? 1 : 0));
        return true;
    }

    private static bool Lacp(ReadOnlySpan<byte> bytes)
    {
        if (!LacpView.TryRead(bytes, out LacpView lacp, out ParseError error)) return Refused(error);
        See((int)lacp.State + new LacpAnswer(lacp.System).Emit(lacp, new byte[LacpView.Bytes]));
        return true;
    }

    private static bool Eapol(ReadOnlySpan<byte> bytes)
    {
        if (!EapolView.TryRead(bytes, out EapolView eapol, out ParseError error)) return Refused(error);
        See((eapol.IsQuestion ? 1 : 0) + (eapol.IsDecision ? 2 : 0));
        return true;
    }

    private static bool Acpi(ReadOnlySpan<byte> bytes)
    {
        if (!AcpiHeader.TryRead(bytes, out AcpiHeader header, out ParseError error)) return Refused(error);
        See(header.LengthBytes);
        See((int)AcpiHeader.ReadDsdtAddress(bytes));
        return true;
    }
}
