namespace System.Threading;

/// <summary>Work handed to a <see cref="SynchronizationContext"/>.</summary>
public delegate void SendOrPostCallback(object? state);
