using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>Why a connection is over, if it is: thrown anew for every call that comes after.</summary>
internal struct FailureSource
{
    private FailureKind? _kind;
    private string _sentence;

    public readonly bool IsSet => _kind is not null;

    public void Set(FailureKind kind, string sentence) => (_kind, _sentence) = (kind, sentence);

    public readonly BootFailure Create() => new(_kind!, _sentence);

    public readonly void ThrowIfSet()
    {
        if (_kind is not null) throw Create();
    }
}
