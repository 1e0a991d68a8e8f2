namespace System;

public abstract class MulticastDelegate : Delegate
{
    public static bool operator ==(MulticastDelegate? d1, MulticastDelegate? d2) => (Delegate?)d1 == d2;

    public static bool operator !=(MulticastDelegate? d1, MulticastDelegate? d2) => (Delegate?)d1 != d2;

    public sealed override bool Equals(object? obj) => base.Equals(obj);

    public sealed override int GetHashCode() => base.GetHashCode();

    public sealed override Delegate[] GetInvocationList() => base.GetInvocationList();
}
