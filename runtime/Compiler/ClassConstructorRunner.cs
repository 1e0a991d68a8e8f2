namespace System.Runtime.CompilerServices;

/// <summary>Runs static constructors on first use; the names are the compiler's.</summary>
internal static unsafe class ClassConstructorRunner
{
    private static object CheckStaticClassConstructionReturnGCStaticBase(
        ref StaticClassConstructionContext context, object gcStaticBase)
    {
        EnsureRun(ref context);
        return gcStaticBase;
    }

    private static IntPtr CheckStaticClassConstructionReturnNonGCStaticBase(
        ref StaticClassConstructionContext context, IntPtr nonGcStaticBase)
    {
        EnsureRun(ref context);
        return nonGcStaticBase;
    }

    private static void EnsureRun(ref StaticClassConstructionContext context)
    {
        IntPtr constructor = context.cctorMethodAddress;
        if (constructor == 0) return;
        context.cctorMethodAddress = 0;   // a constructor that comes back here sees its class as it stands
        try
        {
            ((delegate*<void>)constructor)();
        }
        catch (Exception failure)
        {
            context.cctorMethodAddress = (IntPtr)(delegate*<void>)&FailAgain;
            throw new TypeInitializationException(null, failure);
        }
    }

    private static void FailAgain() =>
        throw new InvalidOperationException("The type initializer threw an exception before.");
}
