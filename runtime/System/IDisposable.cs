namespace System;

/// <summary>Gives something back when told.</summary>
public interface IDisposable
{
    void Dispose();
}
