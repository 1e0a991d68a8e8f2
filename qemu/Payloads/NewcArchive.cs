using System;
using System.IO;
using System.Text;

namespace Bootlace.Harness;

/// <summary>Writes a cpio archive in the "newc" format that Linux unpacks as its initial file system
/// (Documentation/driver-api/early-userspace/buffer-format.rst of the kernel).</summary>
public sealed class NewcArchive(Stream target)
{
    private const uint FolderMode = 0x41ED;     // directory, rwxr-xr-x
    private const uint FileMode = 0x81A4;       // regular file, rw-r--r--
    private const uint ProgramMode = 0x81ED;    // regular file, rwxr-xr-x
    private const uint LinkMode = 0xA1FF;       // symbolic link
    private const uint DeviceMode = 0x2180;     // character device, rw-------

    private uint _inode = 1;
    private long _written;

    /// <summary>Adds a folder. Parents come first.</summary>
    public void AddFolder(string path) => Add(path, FolderMode, []);

    /// <summary>Adds a file.</summary>
    public void AddFile(string path, ReadOnlySpan<byte> content, bool isProgram = false) =>
        Add(path, isProgram ? ProgramMode : FileMode, content);

    /// <summary>Adds a symbolic link.</summary>
    public void AddLink(string path, string destination) => Add(path, LinkMode, Encoding.ASCII.GetBytes(destination));

    /// <summary>Adds a character device.</summary>
    public void AddDevice(string path, uint major, uint minor) => Add(path, DeviceMode, [], major, minor);

    /// <summary>Writes the trailer; nothing may be added afterwards.</summary>
    public void Finish() => Add("TRAILER!!!", 0, []);

    private void Add(string path, uint mode, ReadOnlySpan<byte> content, uint major = 0, uint minor = 0)
    {
        uint inode = mode == 0 ? 0 : _inode++;
        uint[] fields =
        [
            inode, mode, 0, 0, 1, 0, (uint)content.Length, 0, 0, major, minor, (uint)path.Length + 1, 0,
        ];
        StringBuilder header = new("070701");
        foreach (uint field in fields)
            header.Append($"{field:X8}");
        Write(Encoding.ASCII.GetBytes(header.ToString()));
        Write(Encoding.ASCII.GetBytes(path + '\0'));
        Pad();
        Write(content);
        Pad();
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        target.Write(bytes);
        _written += bytes.Length;
    }

    private void Pad() => Write(new byte[(4 - _written % 4) % 4]);
}
