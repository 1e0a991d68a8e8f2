using System.Runtime.CompilerServices;
using Internal.Runtime;

namespace System;

/// <summary>An invocation is <c>call _functionPointer</c> with <c>_firstParameter</c> as <c>this</c>. The field and
/// method names are the compiler's.</summary>
public abstract unsafe partial class Delegate
{
    private protected const int MulticastThunk = 0;
    private protected const int ClosedStaticThunk = 1;
    private protected const int OpenStaticThunk = 2;
    private protected const int ClosedInstanceThunkOverGenericMethod = 3;
    private protected const int OpenInstanceThunk = 4;

    private protected object? _firstParameter;
    private protected object? _helperObject;
    private protected nint _extraFunctionPointerOrData;
    private protected IntPtr _functionPointer;

    /// <summary>Keeps array covariance checks out of multicast invocation lists.</summary>
    internal struct Wrapper(Delegate value)
    {
        public Delegate Value = value;
    }

    /// <summary>Overridden by the compiler: the code that adapts an invocation to one kind of target.</summary>
    private protected virtual IntPtr GetThunk(int whichThunk) => 0;

    public object? Target
    {
        get
        {
            if (_helperObject is Wrapper[] list) return list[(int)_extraFunctionPointerOrData - 1].Value.Target;
            if (_functionPointer == GetThunk(ClosedStaticThunk) ||
                _functionPointer == GetThunk(ClosedInstanceThunkOverGenericMethod)) return _helperObject;
            return ReferenceEquals(_firstParameter, this) ? null : _firstParameter;
        }
    }

    private void InitializeClosedInstance(object? firstParameter, IntPtr functionPointer)
    {
        if (firstParameter is null)
            throw new ArgumentException("Delegate to an instance method cannot have null 'this'.");
        _functionPointer = functionPointer;
        _firstParameter = firstParameter;
    }

    private void InitializeClosedInstanceSlow(object? firstParameter, IntPtr functionPointer)
    {
        if (!FatFunctionPointer.IsFat(functionPointer))
        {
            InitializeClosedInstance(firstParameter, functionPointer);
            return;
        }
        _firstParameter = this;
        _functionPointer = GetThunk(ClosedInstanceThunkOverGenericMethod);
        _extraFunctionPointerOrData = functionPointer;
        _helperObject = firstParameter;
    }

    private void InitializeClosedInstanceToInterface(object? firstParameter, IntPtr dispatchCell)
    {
        if (firstParameter is null) throw new NullReferenceException();
        _functionPointer = InterfaceDispatch.Resolve(firstParameter, dispatchCell);
        _firstParameter = firstParameter;
    }

    private void InitializeClosedStaticThunk(object? firstParameter, IntPtr functionPointer,
        IntPtr functionPointerThunk)
    {
        _extraFunctionPointerOrData = functionPointer;
        _helperObject = firstParameter;
        _functionPointer = functionPointerThunk;
        _firstParameter = this;
    }

    private void InitializeOpenStaticThunk(object? firstParameter, IntPtr functionPointer, IntPtr functionPointerThunk)
    {
        _firstParameter = this;
        _functionPointer = functionPointerThunk;
        _extraFunctionPointerOrData = functionPointer;
    }

    /// <summary>For open instance delegates: the code of the target for one receiver.</summary>
    internal IntPtr GetActualTargetFunctionPointer(object thisObject) => _extraFunctionPointerOrData;

    public override bool Equals(object? obj)
    {
        if (obj is not Delegate other || other.m_pEEType != m_pEEType) return false;
        if (ReferenceEquals(this, other)) return true;
        if (_functionPointer != other._functionPointer) return false;
        if (_helperObject is Wrapper[] mine)
        {
            if (other._helperObject is not Wrapper[] theirs) return false;
            if (_extraFunctionPointerOrData != other._extraFunctionPointerOrData) return false;
            for (int i = 0; i < _extraFunctionPointerOrData; i++)
                if (!mine[i].Value.Equals(theirs[i].Value)) return false;
            return true;
        }
        if (!FatFunctionPointer.SameTarget(_extraFunctionPointerOrData,
            other._extraFunctionPointerOrData)) return false;
        bool bothPointToSelf = ReferenceEquals(_firstParameter, this) && ReferenceEquals(other._firstParameter, other);
        return _helperObject == other._helperObject && (bothPointToSelf || _firstParameter == other._firstParameter);
    }

    public override int GetHashCode()
    {
        object? target = Target;
        return (int)m_pEEType->HashCode * 31 + (target is null ? 0 : RuntimeHelpers.GetHashCode(target));
    }

    public static bool operator ==(Delegate? d1, Delegate? d2) => d1 is null ? d2 is null : d1.Equals(d2);

    public static bool operator !=(Delegate? d1, Delegate? d2) => !(d1 == d2);
}
