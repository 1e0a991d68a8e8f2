using System;

namespace Internal.Runtime;

/// <summary>The compiler's tables and constant objects leave the image as a program that builds them: a pointer takes
/// a byte instead of 8 and its relocation, zeroes take none. This runs it, before anything may look at an
/// object.</summary>
/// <remarks>First a relative pointer to the room for the tables, then commands. The low 3 bits of a command say what,
/// the upper 5 are a number up to 28; 29, 30 and 31 mean 28 more than the following 1, 2 or 3 bytes. Behind the last
/// command lies the list of relative pointers that commands refer to by index.</remarks>
internal static unsafe class DehydratedData
{
    private const int Copy = 0;
    private const int Skip = 1;             // the room is zeroes already
    private const int ListedOffset = 2;
    private const int ListedPointer = 3;
    private const int InlineOffsets = 4;
    private const int InlinePointers = 5;

    private const int KindMask = 7;
    private const int NumberShift = 3;
    private const int ShortNumberMax = 28;

    public static void Rehydrate(byte* start, byte* end)
    {
        if (start == end) return;
        byte* next = start + sizeof(int);
        byte* target = ImageSections.Target((int*)start);
        var list = (int*)end;
        while (next < end)
        {
            int kind = *next & KindMask;
            int number = ReadNumber(ref next);
            switch (kind)
            {
                case Copy:
                    SpanHelpers.Memmove(ref *target, ref *next, (nuint)number);
                    next += number;
                    target += number;
                    break;
                case Skip:
                    target += number;
                    break;
                case ListedOffset:
                    WriteOffset(ref target, list + number);
                    break;
                case ListedPointer:
                    WritePointer(ref target, list + number);
                    break;
                case InlineOffsets:
                    for (; number > 0; number--, next += sizeof(int)) WriteOffset(ref target, (int*)next);
                    break;
                case InlinePointers:
                    for (; number > 0; number--, next += sizeof(int)) WritePointer(ref target, (int*)next);
                    break;
            }
        }
    }

    private static int ReadNumber(ref byte* next)
    {
        int number = *next++ >> NumberShift;
        int more = number - ShortNumberMax;
        if (more <= 0) return number;
        number = ShortNumberMax;
        for (int shift = 0; shift < more * 8; shift += 8) number += *next++ << shift;
        return number;
    }

    private static void WriteOffset(ref byte* target, int* source)
    {
        *(int*)target = (int)(ImageSections.Target(source) - target);
        target += sizeof(int);
    }

    private static void WritePointer(ref byte* target, int* source)
    {
        *(byte**)target = ImageSections.Target(source);
        target += sizeof(nint);
    }
}
