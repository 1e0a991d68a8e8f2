using System;

namespace Bootlace.Wire;

/// <summary>An IPv4 or an IPv6 address. The default value is IPv4's 0.0.0.0.</summary>
public readonly struct IpAddress : IEquatable<IpAddress>
{
    private readonly Ipv6Address _value;   // an IPv4 address in the low 32 bits
    private readonly bool _isIpv6;

    /// <summary>An IPv4 address.</summary>
    public IpAddress(Ipv4Address address) => _value = new Ipv6Address(0, address.Value);

    /// <summary>An IPv6 address.</summary>
    public IpAddress(Ipv6Address address)
    {
        _value = address;
        _isIpv6 = true;
    }

    /// <summary>Whether <see cref="Ipv4"/> may be asked for.</summary>
    public bool IsIpv4 => !_isIpv6;

    /// <summary>Whether <see cref="Ipv6"/> may be asked for.</summary>
    public bool IsIpv6 => _isIpv6;

    /// <summary>0.0.0.0 or ::.</summary>
    public bool IsUnspecified => _value.IsUnspecified;

    /// <summary>A multicast address of its family.</summary>
    public bool IsMulticast => _isIpv6 ? _value.IsMulticast : Ipv4.IsMulticast;

    /// <summary>The IPv4 address; only if it is one.</summary>
    public Ipv4Address Ipv4
    {
        get
        {
            Check.That(!_isIpv6);
            return new Ipv4Address((uint)_value.Low);
        }
    }

    /// <summary>The IPv6 address; only if it is one.</summary>
    public Ipv6Address Ipv6
    {
        get
        {
            Check.That(_isIpv6);
            return _value;
        }
    }

    /// <summary>Reads the text of either family, without brackets.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out IpAddress address)
    {
        if (Ipv4Address.TryParse(text, out Ipv4Address ipv4))
        {
            address = ipv4;
            return true;
        }
        bool isIpv6 = Ipv6Address.TryParse(text, out Ipv6Address ipv6);
        address = isIpv6 ? new IpAddress(ipv6) : default;
        return isIpv6;
    }

    /// <summary>An IPv4 address is an IP address.</summary>
    public static implicit operator IpAddress(Ipv4Address address) => new(address);
    /// <summary>An IPv6 address is an IP address.</summary>
    public static implicit operator IpAddress(Ipv6Address address) => new(address);
    /// <summary>Same family and address.</summary>
    public static bool operator ==(IpAddress a, IpAddress b) => a._isIpv6 == b._isIpv6 && a._value == b._value;
    /// <summary>Other family or address.</summary>
    public static bool operator !=(IpAddress a, IpAddress b) => !(a == b);
    /// <inheritdoc/>
    public bool Equals(IpAddress other) => this == other;
    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is IpAddress other && Equals(other);
    /// <inheritdoc/>
    public override int GetHashCode() => _value.GetHashCode();
    /// <summary>The address as text, without brackets.</summary>
    public override string ToString() => _isIpv6 ? _value.ToString() : Ipv4.ToString();
}
