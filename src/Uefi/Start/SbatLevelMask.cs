using System;
using Bootlace.Uefi.Raw;

namespace Bootlace.Uefi;

/// <summary>The variable in which shim keeps the generations of programs that are revoked, as one sees it that is to
/// revoke nothing: a blank line. What it writes goes nowhere, but can be read back once, since shim checks that.
/// Otherwise it would start nothing without such a mark, as kernels are. Allocates nothing.</summary>
internal sealed unsafe class SbatLevelMask
{
    private const int WrittenBytesMax = 4096;

    private readonly byte[] _written = new byte[WrittenBytesMax];
    private int _writtenBytes;
    private bool _isToBeReadBack;

    private static ReadOnlySpan<char> Name => "SbatLevel";

    /// <summary>Whether these name the variable.</summary>
    public static bool Covers(char* name, EfiGuid* vendor)
    {
        if (name == null || vendor == null || *vendor != Guids.ShimLock) return false;
        for (int i = 0; i < Name.Length; i++)
        {
            if (name[i] != Name[i]) return false;
        }
        return name[Name.Length] == '\0';
    }

    /// <summary>GetVariable (UEFI 2.10, 8.2).</summary>
    public Status Get(uint* attributes, nuint* sizeBytes, void* value)
    {
        if (sizeBytes == null) return Status.InvalidParameter;
        ReadOnlySpan<byte> content = _isToBeReadBack ? _written.AsSpan(0, _writtenBytes) : "\n"u8;
        bool fits = value != null && *sizeBytes >= (nuint)content.Length;
        *sizeBytes = (nuint)content.Length;
        if (attributes != null) *attributes = VariableAttribute.NonVolatile | VariableAttribute.BootServiceAccess;
        if (!fits) return Status.BufferTooSmall;
        content.CopyTo(new Span<byte>(value, content.Length));
        _isToBeReadBack = false;
        return Status.Success;
    }

    /// <summary>SetVariable; no bytes delete it.</summary>
    public Status Set(nuint sizeBytes, void* value)
    {
        if (sizeBytes > WrittenBytesMax) return Status.OutOfResources;
        if (value == null && sizeBytes > 0) return Status.InvalidParameter;
        _writtenBytes = (int)sizeBytes;
        new ReadOnlySpan<byte>(value, _writtenBytes).CopyTo(_written);
        _isToBeReadBack = _writtenBytes > 0;
        return Status.Success;
    }
}
