using System;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace Internal.Runtime;

/// <summary>Interface calls. Compiled code does <c>call [cell]</c> with the cell's address in a register; every cell
/// points to the stub in Assembly/, which looks (cell, type) up in a table and comes here for what it has not
/// seen.</summary>
internal static unsafe class InterfaceDispatch
{
    private const int CacheEntryCount = 512;   // also in Assembly/
    private const nint CellKindMask = 3;

    /// <summary>One line of the table the stub reads.</summary>
    private struct CacheEntry
    {
        public nint Cell;
        public MethodTable* Type;
        public nint Code;
        public nint Unused;
    }

    [RuntimeImport("*", "InterfaceDispatchCache")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void InterfaceDispatchCache();

    /// <summary>The code that a call of the cell's method on <paramref name="receiver"/> goes to.</summary>
    [RuntimeExport("ResolveInterfaceCall")]
    public static nint Resolve(object? receiver, nint cell)
    {
        // The stub jumps to what this returns, so that the exception appears where the call is.
        if (receiver is null) return (nint)(delegate*<void>)&ThrowNullReference;
        MethodTable* type = receiver.m_pEEType;
        nint code = FindCode(type, CellInterface(cell), CellSlot(cell));
        if (code == 0) return (nint)(delegate*<void>)&ThrowNoImplementation;
        Remember(cell, type, code);
        return code;
    }

    // A callback that interrupts this must never see a line whose parts do not belong together.
    private static void Remember(nint cell, MethodTable* type, nint code)
    {
        var cache = (CacheEntry*)(delegate*<void>)&InterfaceDispatchCache;
        CacheEntry* entry = cache + ((((uint)cell >> 4) + ((uint)(nuint)type >> 3)) & (CacheEntryCount - 1));
        System.Threading.Volatile.Write(ref entry->Cell, 0);
        entry->Type = type;
        entry->Code = code;
        System.Threading.Volatile.Write(ref entry->Cell, cell);
    }

    // Cell: { code, distance from here to the interface's method table | kind }.
    private static MethodTable* CellInterface(nint cell)
    {
        nint* word = (nint*)cell + 1;
        return (MethodTable*)((nint)word + ((int)*word & ~CellKindMask));
    }

    // The cells of one slot lie side by side; the row behind the last is { 0, slot }.
    private static ushort CellSlot(nint cell)
    {
        var row = (nint*)cell;
        while (row[0] != 0) row += 2;
        return (ushort)row[1];
    }

    private static nint FindCode(MethodTable* type, MethodTable* @interface, ushort slot)
    {
        nint code = FindInHierarchy(type, @interface, slot, defaults: false);
        return code != 0 ? code : FindInHierarchy(type, @interface, slot, defaults: true);
    }

    private static nint FindInHierarchy(MethodTable* type, MethodTable* @interface, ushort slot, bool defaults)
    {
        for (MethodTable* level = type; level != null; level = level->BaseType)
        {
            if (!level->HasDispatchMap) continue;
            int implementation = FindInMap(level, @interface, slot, defaults, variant: false);
            if (implementation < 0 && MayBeVariant(type, @interface))
                implementation = FindInMap(level, @interface, slot, defaults, variant: true);
            if (implementation < 0) continue;
            return implementation < level->VtableSlotCount
                ? type->Vtable[implementation]
                : level->SealedSlot(implementation - level->VtableSlotCount);
        }
        return 0;
    }

    private static bool MayBeVariant(MethodTable* type, MethodTable* @interface) =>
        @interface->HasVariance || (type->IsArray && @interface->IsGeneric);

    // Map: { standard count, default count, two counts for static methods }, then { interface index, slot,
    // implementation }.
    private static int FindInMap(MethodTable* level, MethodTable* @interface, ushort slot, bool defaults, bool variant)
    {
        ushort* map = level->DispatchMap;
        ushort* entry = map + 4;
        int count = map[0];
        if (defaults)
        {
            entry += 3 * count;
            count = map[1];
        }
        for (; count > 0; count--, entry += 3)
        {
            if (entry[1] != slot) continue;
            MethodTable* declared = level->Interfaces[entry[0]];
            if (declared == null) continue;
            bool matches = variant ? Assignability.IsVariantOf(declared, @interface) : declared == @interface;
            if (matches) return entry[2];
        }
        return -1;
    }

    private static void ThrowNullReference() => throw new NullReferenceException();

    private static void ThrowNoImplementation() => throw new InvalidProgramException("No code for an interface call.");
}
