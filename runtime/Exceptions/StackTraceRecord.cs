namespace Internal.Runtime;

internal struct StackTraceRecord
{
    public readonly string? Describe() => null;
}
