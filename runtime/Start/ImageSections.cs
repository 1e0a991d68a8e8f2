using System;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace Internal.Runtime;

/// <summary>The tables the compiler leaves in the image, by the numbers it gives them.</summary>
internal static unsafe class ImageSections
{
    private const int StaticsRegion = 201;
    private const int EagerConstructors = 205;
    private const int FrozenRegion = 206;
    private const int DehydratedRegion = 207;
    private const int ModuleInitializers = 213;

    private const int SectionCountOffset = 12;
    private const int FirstRowOffset = 16;
    private const nint UninitializedFlag = 1;
    private const nint HasDataFlag = 2;
    private const nint FlagsMask = 3;

    private struct Row
    {
        public int Id;
        public int Flags;
        public byte* Start;
        public byte* End;
    }

    [RuntimeImport("*", "__ReadyToRunHeader")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void ReadyToRunHeader();

    /// <summary>Builds the compiler's tables. No object, no cast and no call through an interface before
    /// this.</summary>
    public static void Rehydrate()
    {
        FindSection(DehydratedRegion, out byte* start, out byte* end);
        DehydratedData.Rehydrate(start, end);
    }

    /// <summary>Makes the objects that hold the static references, then runs what must run before the
    /// application.</summary>
    public static void Initialize()
    {
        FindSection(StaticsRegion, out byte* start, out byte* end);
        for (var entry = (int*)start; entry < end; entry++) CreateStatics((nint*)Target(entry));
        CallAll(EagerConstructors);
        CallAll(ModuleInitializers);
    }

    /// <summary>The list of the cells that hold the static references.</summary>
    public static void FindStatics(out int* start, out int* end)
    {
        FindSection(StaticsRegion, out byte* first, out byte* last);
        start = (int*)first;
        end = (int*)last;
    }

    /// <summary>The objects the compiler made, laid side by side, each 8 bytes behind its header.</summary>
    public static void FindFrozen(out byte* start, out byte* end) => FindSection(FrozenRegion, out start, out end);

    /// <summary>What a 32-bit offset relative to its own place points to.</summary>
    public static byte* Target(int* field) => (byte*)field + *field;

    // A cell starts as { method table | flags, initial contents }, both relative, and ends as a reference.
    private static void CreateStatics(nint* cell)
    {
        var fields = (int*)cell;
        nint table = (nint)Target(fields);
        if ((table & UninitializedFlag) == 0) return;
        var type = (MethodTable*)(table & ~FlagsMask);
        object statics = HeapObjects.New(type);
        if ((table & HasDataFlag) != 0)
            SpanHelpers.Memmove(ref statics.RawData, ref *Target(fields + 1),
                type->BaseSize - MethodTable.ObjectOverhead);
        *cell = (nint)Unsafe.AsPointer(ref statics.RawData) - sizeof(nint);
    }

    private static void CallAll(int id)
    {
        FindSection(id, out byte* start, out byte* end);
        for (var entry = (int*)start; entry < end; entry++) ((delegate*<void>)Target(entry))();
    }

    private static void FindSection(int id, out byte* start, out byte* end)
    {
        var header = (byte*)(delegate*<void>)&ReadyToRunHeader;
        int count = *(ushort*)(header + SectionCountOffset);
        var row = (Row*)(header + FirstRowOffset);
        for (; count > 0; count--, row++)
        {
            if (row->Id != id) continue;
            start = row->Start;
            end = row->End;
            return;
        }
        start = end = null;
    }
}
