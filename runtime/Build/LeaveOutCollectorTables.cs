using System;
using System.IO;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>Takes from the compiler's object file what it says about each function for a precise garbage collector:
/// ours reads the stack conservatively, and this is a tenth of the image. What is left of the unwind information is
/// often the same for many functions, and the linker keeps one copy.</summary>
/// <remarks>MSBuild compiles this file when it builds an image. It changes two things in place, the size of every
/// .xdata section and the checksum by which the linker tells sections apart; layouts are those of Microsoft's PE/COFF
/// specification and of its x64 and ARM64 exception handling.</remarks>
public sealed class LeaveOutCollectorTables : Task
{
    private const int MachineX64 = 0x8664;
    private const int FileHeaderBytes = 20, SectionHeaderBytes = 40, SymbolBytes = 18;
    private const int SectionSizeOffset = 16, SectionDataOffset = 20;
    private const int SymbolSectionOffset = 12, SymbolClassOffset = 16, SymbolAuxOffset = 17, AuxChecksumOffset = 8;
    private const byte StaticSymbol = 3;

    // What the compiler puts behind the unwind information begins with these flags.
    private const int HasExceptionInfo = 4, HasAssociatedData = 16;

    private byte[] _bytes = [];

    /// <summary>The object file, which is changed.</summary>
    [Required]
    public string ObjectFile { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        _bytes = File.ReadAllBytes(ObjectFile);
        bool x64 = Half(0) == MachineX64;
        for (int i = 0; i < Half(2); i++)
        {
            int header = SectionHeader(i);
            if (!IsUnwindName(header)) continue;
            int data = Word(header + SectionDataOffset);
            int flags = data + (x64 ? UnwindBytesX64(data) : UnwindBytesArm64(data));
            int end = flags + 1;
            if ((_bytes[flags] & HasAssociatedData) != 0) end += 4;
            if ((_bytes[flags] & HasExceptionInfo) != 0) end += 4;
            if (end - data > Word(header + SectionSizeOffset))
                throw new InvalidDataException($"{ObjectFile}: section {i} is no unwind information of a known form");
            SetWord(header + SectionSizeOffset, end - data);
        }
        UpdateSectionSymbols();
        File.WriteAllBytes(ObjectFile, _bytes);
        return true;
    }

    private int UnwindBytesX64(int at)
    {
        const int handlerFlags = 0x18;
        int bytes = 4 + 2 * _bytes[at + 2];
        return (_bytes[at] & handlerFlags) == 0 ? bytes : (bytes + 3 & ~3) + 4;
    }

    private int UnwindBytesArm64(int at)
    {
        uint first = (uint)Word(at);
        int bytes = 4;
        int epilogues = (int)(first >> 22) & 31;
        int codeWords = (int)(first >> 27);
        if (epilogues == 0 && codeWords == 0)
        {
            epilogues = Half(at + 4);
            codeWords = _bytes[at + 6];
            bytes += 4;
        }
        bool epilogueInHeader = (first & 1u << 21) != 0;
        if (!epilogueInHeader) bytes += 4 * epilogues;
        bool hasHandler = (first & 1u << 20) != 0;
        return bytes + 4 * codeWords + (hasHandler ? 4 : 0);
    }

    // Behind the symbol that stands for a section lies the section's size again, and its checksum.
    private void UpdateSectionSymbols()
    {
        int symbols = Word(8), count = Word(12);
        for (int i = 0; i < count; i++)
        {
            int symbol = symbols + i * SymbolBytes;
            int extra = _bytes[symbol + SymbolAuxOffset];
            i += extra;
            if (extra != 1 || _bytes[symbol + SymbolClassOffset] != StaticSymbol || !IsUnwindName(symbol)) continue;
            int header = SectionHeader(Half(symbol + SymbolSectionOffset) - 1);
            SetWord(symbol + SymbolBytes, Word(header + SectionSizeOffset));
            SetWord(symbol + SymbolBytes + AuxChecksumOffset, 0);
        }
    }

    private bool IsUnwindName(int at) => BitConverter.ToUInt64(_bytes, at) == 0x6174_6164_782eul;   // ".xdata"

    private static int SectionHeader(int index) => FileHeaderBytes + index * SectionHeaderBytes;

    private int Half(int at) => BitConverter.ToUInt16(_bytes, at);

    private int Word(int at) => BitConverter.ToInt32(_bytes, at);

    private void SetWord(int at, int value) => BitConverter.GetBytes(value).CopyTo(_bytes, at);
}
