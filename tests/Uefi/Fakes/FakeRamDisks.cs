using System.Runtime.InteropServices;
using Bootlace.Uefi;
using Bootlace.Uefi.Raw;
using Bootlace.Wire;

namespace Bootlace.Tests.Uefi.Fakes;

/// <summary>The firmware's RAM disks: registered ones are only noted.</summary>
internal static unsafe class FakeRamDisks
{
    /// <summary>What Register answers.</summary>
    public static Status Answer { get; set; }

    public static void Install(FakeFirmware firmware)
    {
        Answer = Status.Success;
        RamDisk* protocol = firmware.New<RamDisk>();
        protocol->Register = &OnRegister;
        protocol->Unregister = &OnUnregister;
        firmware.Install(firmware.NewHandle(), Guids.RamDisk, protocol);
    }

    [UnmanagedCallersOnly]
    private static nuint OnRegister(
        ulong address, ulong bytes, EfiGuid* type, DevicePathProtocol* parent, DevicePathProtocol** path)
    {
        FakeFirmware firmware = FakeFirmware.Current;
        firmware.Log.Add($"ram disk of {bytes} bytes, {(*type == Guids.VirtualCd ? "CD" : "hard disk")}");
        byte[] parentPath = DevicePaths.Copy(parent);
        *path = (DevicePathProtocol*)firmware.NewBytes(new DevicePathWriter().Nodes(parentPath).Uri("ram").End());
        return Answer.Value;
    }

    [UnmanagedCallersOnly]
    private static nuint OnUnregister(DevicePathProtocol* path)
    {
        FakeFirmware.Current.Log.Add("ram disk gone");
        return 0;
    }
}
