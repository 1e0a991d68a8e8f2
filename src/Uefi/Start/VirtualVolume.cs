using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Bootlace.Boot;
using Bootlace.Uefi.Raw;

namespace Bootlace.Uefi;

/// <summary>The read-only volume a started image finds on its device: one folder with the boot's files (UEFI 2.10, 13.4
/// and 13.5). Shim looks for GRUB here, Linux for what <c>initrd=</c> names.</summary>
internal sealed unsafe class VirtualVolume
{
    /// <summary>The volume's label.</summary>
    public const string Label = "Bootlace";

    private const int VolumesMax = 8;
    private static readonly VirtualVolume?[] s_volumes = new VirtualVolume?[VolumesMax];

    private readonly byte* _pages;
    private readonly int _number;

    public VirtualVolume(Services services, IReadOnlyList<VirtualFile> files)
    {
        Services = services;
        Files = files;
        _pages = services.AllocatePages((nuint)sizeof(SimpleFileSystem));
        Interface->Revision = SimpleFileSystem.ExpectedRevision;
        Interface->OpenVolume = &OnOpenVolume;
        _number = Array.IndexOf(s_volumes, null);
        Wire.Check.That(_number >= 0);   // images start images, but no eight deep
        s_volumes[_number] = this;
    }

    public Services Services { get; }

    public IReadOnlyList<VirtualFile> Files { get; }

    public SimpleFileSystem* Interface => (SimpleFileSystem*)_pages;

    /// <summary>Ends it; files an image has left open fail from now on.</summary>
    public void Close()
    {
        VirtualFileHandle.CloseAll(this);
        s_volumes[_number] = null;
        Services.FreePages(_pages, (nuint)sizeof(SimpleFileSystem));
    }

    [UnmanagedCallersOnly]
    private static nuint OnOpenVolume(SimpleFileSystem* fileSystem, File** root)
    {
        try
        {
            foreach (VirtualVolume? volume in s_volumes)
            {
                if (volume is null || volume.Interface != fileSystem) continue;
                using CallbackDoor.Stay stay = volume.Services.Door.Occupy();
                return VirtualFileHandle.Open(volume, VirtualFileHandle.Root, root).Value;
            }
            return Status.InvalidParameter.Value;
        }
        catch (Exception)
        {
            return Status.Aborted.Value;   // exceptions must not cross firmware frames
        }
    }
}
