using System;

namespace Bootlace.Wire;

/// <summary>The extensions of a <see cref="CertificateView"/>.</summary>
public ref struct CertificateExtensions
{
    private DerReader _rest;

    internal CertificateExtensions(ReadOnlySpan<byte> verified) => _rest = new DerReader(verified);

    /// <summary>The extension reached.</summary>
    public CertificateExtension Current { readonly get; private set; }

    /// <summary>For foreach.</summary>
    public readonly CertificateExtensions GetEnumerator() => this;

    /// <summary>Goes to the next one.</summary>
    public bool MoveNext()
    {
        if (_rest.IsAtEnd) return false;
        bool isRead = CertificateExtension.TryRead(ref _rest, out CertificateExtension next, out _);
        Check.That(isRead);   // the view has read them all before
        Current = next;
        return true;
    }
}
