using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Internal.Runtime;

/// <summary>What the compiler emits for a type, and what the first word of every object points to. The references of an
/// object are listed below the table, see GcDescriptor.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MethodTable
{
    private const uint HasComponentSizeFlag = 0x8000_0000;
    private const uint KindMask = 0x0003_0000;
    private const uint KindParameterized = 0x0002_0000;
    private const uint KindDefinition = 0x0003_0000;
    private const uint HasDispatchMapFlag = 0x0004_0000;
    private const uint HasFinalizerFlag = 0x0010_0000;
    private const uint HasSealedVtableFlag = 0x0040_0000;
    private const uint HasVarianceFlag = 0x0080_0000;
    private const uint HasReferencesFlag = 0x0100_0000;
    private const uint IsGenericFlag = 0x0200_0000;
    private const int ElementTypeShift = 26;
    private const uint ElementTypeMask = 0x1f;
    private const uint ValuePaddingMask = 0x00e0;
    private const int ValuePaddingShift = 5;
    private const uint NullableOffsetMask = 0x0700;
    private const int NullableOffsetShift = 8;

    /// <summary>Method table pointer and header word.</summary>
    public const uint ObjectOverhead = 16;

    public uint Flags;
    public uint BaseSize;
    public MethodTable* RelatedType;
    public ushort VtableSlotCount;
    public ushort InterfaceCount;
    public uint HashCode;

    /// <summary>The method table of <typeparamref name="T"/>, a constant.</summary>
    [Intrinsic]
    public static extern MethodTable* Of<T>();

    public readonly bool HasComponentSize => (int)Flags < 0;
    public readonly ushort ComponentSize => HasComponentSize ? (ushort)Flags : (ushort)0;
    public readonly bool HasDispatchMap => (Flags & HasDispatchMapFlag) != 0;
    public readonly bool HasReferences => (Flags & HasReferencesFlag) != 0;
    public readonly bool HasVariance => (Flags & HasVarianceFlag) != 0;
    public readonly bool IsGeneric => (Flags & IsGenericFlag) != 0;
    public readonly bool IsParameterized => (Flags & KindMask) == KindParameterized;
    public readonly bool IsGenericDefinition => (Flags & KindMask) == KindDefinition;
    public readonly uint ElementType => (Flags >> ElementTypeShift) & ElementTypeMask;
    public readonly bool IsValueType => ElementType < Runtime.ElementType.Class;
    public readonly bool IsNullable => ElementType == Runtime.ElementType.Nullable;
    public readonly bool IsInterface => ElementType == Runtime.ElementType.Interface;
    public readonly bool IsArray => ElementType is Runtime.ElementType.Array or Runtime.ElementType.SzArray;

    /// <summary>The bytes of a value of this type outside a box.</summary>
    public readonly uint ValueBytes =>
        BaseSize - ObjectOverhead - ((Flags & ValuePaddingMask) >> ValuePaddingShift);

    /// <summary>Where the value lies in a Nullable of this type.</summary>
    public readonly uint NullableValueOffset => 1u << (int)((Flags & NullableOffsetMask) >> NullableOffsetShift);

    /// <summary>The virtual methods' code.</summary>
    public readonly nint* Vtable => (nint*)((byte*)Self + sizeof(MethodTable));

    /// <summary>The interfaces' method tables; entries nobody asks for are null.</summary>
    public readonly MethodTable** Interfaces => (MethodTable**)(Vtable + VtableSlotCount);

    /// <summary>The base class; null for Object, for interfaces and for arrays (whose related type is the
    /// element's).</summary>
    public readonly MethodTable* BaseType
    {
        get
        {
            if (IsArray) return Of<System.Array>();
            return IsParameterized || IsGenericDefinition || IsInterface ? null : RelatedType;
        }
    }

    /// <summary>A word for the runtime's own use: the type object. The compiler fills in those it makes
    /// itself.</summary>
    public readonly nint* TypeObject => (nint*)Follow(1);

    /// <summary>The interface dispatch map; null if there is none.</summary>
    public readonly ushort* DispatchMap => HasDispatchMap ? (ushort*)Follow(2) : null;

    /// <summary>The code of the methods behind the vtable's end.</summary>
    public readonly nint SealedSlot(int index)
    {
        var table = (int*)Follow(2 + (HasDispatchMap ? 1 : 0) + ((Flags & HasFinalizerFlag) != 0 ? 1 : 0));
        return (nint)(table + index) + table[index];
    }

    /// <summary>Of a generic instance: the method table of its definition.</summary>
    public readonly MethodTable* GenericDefinition => (MethodTable*)Follow(GenericFieldIndex);

    /// <summary>Of a generic definition: how many parameters it has.</summary>
    public readonly uint GenericArity => BaseSize;

    /// <summary>Of a generic definition: one variance byte for each parameter.</summary>
    public readonly byte* GenericVariance => Follow(GenericFieldIndex + (IsGenericDefinition ? 0 : 1));

    /// <summary>Of a generic instance: argument <paramref name="index"/> of <paramref name="arity"/>.</summary>
    public readonly MethodTable* GenericArgument(uint index, uint arity)
    {
        byte* composition = Follow(GenericFieldIndex + 1);
        if (arity == 1) return (MethodTable*)composition;
        int* list = (int*)composition + index;
        return (MethodTable*)((byte*)list + *list);
    }

    private readonly int GenericFieldIndex =>
        2 + (HasDispatchMap ? 1 : 0) + ((Flags & HasFinalizerFlag) != 0 ? 1 : 0)
        + ((Flags & HasSealedVtableFlag) != 0 ? 1 : 0);

    // Behind the interfaces: 32-bit offsets, each relative to its own place.
    private readonly byte* Follow(int index)
    {
        int* field = (int*)(Interfaces + InterfaceCount) + index;
        return (byte*)field + *field;
    }

    private readonly MethodTable* Self => (MethodTable*)Unsafe.AsPointer(in this);
}
