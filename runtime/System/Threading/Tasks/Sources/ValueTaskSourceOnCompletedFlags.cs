namespace System.Threading.Tasks.Sources;

/// <summary>What a source is to take along to the continuation.</summary>
[Flags]
public enum ValueTaskSourceOnCompletedFlags
{
    None = 0,
    UseSchedulingContext = 1,
    FlowExecutionContext = 2,
}
