namespace System.Threading.Tasks.Sources;

/// <summary>How far a source is.</summary>
public enum ValueTaskSourceStatus
{
    Pending,
    Succeeded,
    Faulted,
    Canceled,
}
