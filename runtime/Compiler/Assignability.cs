using System;

namespace Internal.Runtime;

/// <summary>Which types stand in for which others.</summary>
internal static unsafe class Assignability
{
    private const byte Covariant = 1;
    private const byte Contravariant = 2;
    private const byte ArrayCovariant = 0x20;

    /// <summary>True if an object of type <paramref name="type"/> may be seen as <paramref name="target"/>.</summary>
    public static bool IsInstance(MethodTable* type, MethodTable* target)
    {
        if (type == target) return true;
        if (target->IsInterface) return Implements(type, target);
        if (target->IsArray) return type->IsArray && IsArrayOf(type, target);
        if (target->HasVariance && IsVariantOf(type, target)) return true;   // a delegate
        return DerivesFrom(type, target);
    }

    /// <summary>True if <paramref name="target"/> is <paramref name="type"/> or one of its base classes.</summary>
    public static bool DerivesFrom(MethodTable* type, MethodTable* target)
    {
        for (; type != null; type = type->BaseType)
            if (type == target) return true;
        return false;
    }

    /// <summary>True if <paramref name="type"/> lists the interface <paramref name="target"/> or a variant of
    /// it.</summary>
    public static bool Implements(MethodTable* type, MethodTable* target)
    {
        MethodTable** interfaces = type->Interfaces;
        int count = type->InterfaceCount;
        for (int i = 0; i < count; i++)
            if (interfaces[i] == target) return true;
        if (type == target) return true;
        if (!target->HasVariance) return false;
        for (int i = 0; i < count; i++)
            if (interfaces[i] != null && IsVariantOf(interfaces[i], target)) return true;
        return IsVariantOf(type, target);
    }

    /// <summary>True if both are instances of one generic interface or delegate and the arguments differ only as its
    /// variance allows.</summary>
    public static bool IsVariantOf(MethodTable* type, MethodTable* target)
    {
        if (!type->IsGeneric || !target->IsGeneric) return false;
        MethodTable* definition = target->GenericDefinition;
        if (type->GenericDefinition != definition) return false;
        uint arity = definition->GenericArity;
        byte* variance = definition->GenericVariance;
        for (uint i = 0; i < arity; i++)
        {
            MethodTable* argument = type->GenericArgument(i, arity);
            if (!IsArgument(argument, target->GenericArgument(i, arity), variance[i])) return false;
        }
        return true;
    }

    private static bool IsArgument(MethodTable* argument, MethodTable* target, byte variance)
    {
        if (argument == target) return true;
        return variance switch
        {
            Covariant => IsReference(argument) && IsInstance(argument, target),
            Contravariant => IsReference(target) && IsInstance(target, argument),
            ArrayCovariant => IsElement(argument, target),
            _ => false,
        };
    }

    private static bool IsArrayOf(MethodTable* type, MethodTable* target) =>
        type->ElementType == target->ElementType && IsElement(type->RelatedType, target->RelatedType);

    private static bool IsElement(MethodTable* element, MethodTable* target)
    {
        if (element == target) return true;
        if (IsReference(element)) return IsReference(target) && IsInstance(element, target);
        return !IsReference(target) && Reduced(element) != 0 && Reduced(element) == Reduced(target);
    }

    private static bool IsReference(MethodTable* type) => !type->IsValueType;

    // Integers of one size, signed or not, and their enumerations share arrays. 0: not an integer.
    private static uint Reduced(MethodTable* type)
    {
        uint kind = type->ElementType;
        return kind is >= ElementType.SByte and <= ElementType.UIntPtr ? (kind & ~1u) : 0;
    }
}
