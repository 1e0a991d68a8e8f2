namespace System.Buffers;

/// <summary>How a conversion between buffers ended.</summary>
public enum OperationStatus
{
    Done,
    DestinationTooSmall,
    NeedMoreData,
    InvalidData,
}
