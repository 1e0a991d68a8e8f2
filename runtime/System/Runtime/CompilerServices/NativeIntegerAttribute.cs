namespace System.Runtime.CompilerServices;

[AttributeUsage(AttributeTargets.All)]
public sealed class NativeIntegerAttribute : Attribute
{
    public readonly bool[] TransformFlags;

    public NativeIntegerAttribute() => TransformFlags = [true];

    public NativeIntegerAttribute(bool[] flags) => TransformFlags = flags;
}
