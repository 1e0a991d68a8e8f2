using System;

namespace Internal.Runtime.CompilerHelpers;

/// <summary>What compiled code calls when a check of its own fails; the names are the compiler's.</summary>
internal static class ThrowHelpers
{
    private static void ThrowIndexOutOfRangeException() => throw new IndexOutOfRangeException();

    private static void ThrowOverflowException() => throw new OverflowException();

    private static void ThrowDivideByZeroException() => throw new DivideByZeroException();

    private static void ThrowNullReferenceException() => throw new NullReferenceException();

    private static void ThrowArgumentException() => throw new ArgumentException();

    private static void ThrowArgumentOutOfRangeException() => throw new ArgumentOutOfRangeException();

    private static void ThrowPlatformNotSupportedException() => throw new PlatformNotSupportedException();

    private static void ThrowNotSupportedInlineArrayEqualsGetHashCode() => throw new NotSupportedException();

    private static void ThrowTypeLoadException() => throw new TypeLoadException();

    private static void ThrowTypeLoadExceptionWithArgument() => throw new TypeLoadException();

    private static void ThrowMissingMethodException() => throw new MissingMethodException();

    private static void ThrowMissingFieldException() => throw new MissingFieldException();

    private static void ThrowFileNotFoundException() => throw new System.IO.FileNotFoundException();

    private static void ThrowInvalidProgramException() => throw new InvalidProgramException();

    private static void ThrowInvalidProgramExceptionWithArgument() => throw new InvalidProgramException();

    private static void ThrowFeatureBodyRemoved() => throw new NotSupportedException();

    private static void ThrowBodyRemoved() => throw new NotSupportedException();

    private static void ThrowInstanceBodyRemoved() => throw new NotSupportedException();
}
