using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace System;

public abstract unsafe partial class Delegate
{
    [return: NotNullIfNotNull(nameof(a))]
    [return: NotNullIfNotNull(nameof(b))]
    public static Delegate? Combine(Delegate? a, Delegate? b)
    {
        if (a is null) return b;
        if (b is null) return a;
        if (a.m_pEEType != b.m_pEEType) throw new ArgumentException("Delegates must be of the same type.");
        var all = new Wrapper[a.InvocationCount + b.InvocationCount];
        a.CopyInvocations(all, 0);
        b.CopyInvocations(all, a.InvocationCount);
        return a.NewMulticast(all);
    }

    public static Delegate? Remove(Delegate? source, Delegate? value)
    {
        if (source is null || value is null) return source;
        if (source.m_pEEType != value.m_pEEType) throw new ArgumentException("Delegates must be of the same type.");
        int sourceCount = source.InvocationCount;
        int valueCount = value.InvocationCount;
        for (int at = sourceCount - valueCount; at >= 0; at--)
        {
            if (!source.HasInvocationsAt(at, value)) continue;
            int left = sourceCount - valueCount;
            if (left == 0) return null;
            var all = new Wrapper[left];
            for (int i = 0; i < left; i++) all[i] = new Wrapper(source.Invocation(i < at ? i : i + valueCount));
            return left == 1 ? all[0].Value : source.NewMulticast(all);
        }
        return source;
    }

    public virtual Delegate[] GetInvocationList()
    {
        var list = new Delegate[InvocationCount];
        for (int i = 0; i < list.Length; i++) list[i] = Invocation(i);
        return list;
    }

    private int InvocationCount => _helperObject is Wrapper[] ? (int)_extraFunctionPointerOrData : 1;

    private Delegate Invocation(int index) => _helperObject is Wrapper[] list ? list[index].Value : this;

    private bool HasInvocationsAt(int at, Delegate value)
    {
        for (int i = 0; i < value.InvocationCount; i++)
            if (!Invocation(at + i).Equals(value.Invocation(i))) return false;
        return true;
    }

    private void CopyInvocations(Wrapper[] target, int at)
    {
        for (int i = 0; i < InvocationCount; i++) target[at + i] = new Wrapper(Invocation(i));
    }

    private Delegate NewMulticast(Wrapper[] list)
    {
        var combined = Unsafe.As<Delegate>(MemberwiseClone());
        combined._functionPointer = GetThunk(MulticastThunk);
        combined._firstParameter = combined;
        combined._helperObject = list;
        combined._extraFunctionPointerOrData = list.Length;
        return combined;
    }
}
