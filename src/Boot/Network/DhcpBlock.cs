using System;
using System.Collections.Generic;
using Bootlace.Script;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>A DHCP packet as a block of settings: options by number, sub-options as <c>43.6</c>, and the header fields
/// by the pseudo-numbers of spec/ipxe-compat.md 3.1. What scripts store goes on top, by number only.</summary>
public sealed class DhcpBlock(string name, ReadOnlyMemory<byte> packet) : SettingsBlock(name)
{
    private const int OptionMax = 254;

    private readonly Dictionary<ulong, byte[]?> _stored = [];

    /// <inheritdoc/>
    public override IReadOnlyList<SettingKey> Keys
    {
        get
        {
            var keys = new List<SettingKey>();
            for (int option = 1; option <= OptionMax; option++)
            {
                SettingKey key = DeclaredSettings.Resolve($"{option}", null);
                if (TryFetch(key, out _)) keys.Add(key);
            }
            return keys;
        }
    }

    /// <inheritdoc/>
    public override bool CanStore(SettingKey key) => key.Tag != 0 && key.Scope is null;

    /// <inheritdoc/>
    public override bool TryFetch(SettingKey key, out StoredSetting found)
    {
        found = default;
        if (key.Tag == 0 || key.Scope is not null) return false;
        byte[]? value = _stored.TryGetValue(key.Tag, out byte[]? changed) ? changed : ReadOption(key);
        if (value is null || value.Length == 0) return false;
        found = new StoredSetting(key, value);
        return true;
    }

    /// <inheritdoc/>
    public override void Store(SettingKey key, byte[]? value)
    {
        if (CanStore(key)) _stored[key.Tag] = value;
        else base.Store(key, value);
    }

    /// <summary>The server to boot from, as a URI's host: the header's address, else option 66, else the DHCP server
    /// itself; empty: none.</summary>
    public string BootServer
    {
        get
        {
            if (!DhcpView.TryRead(packet.Span, out DhcpView view, out _)) return "";
            if (view.FindAddress(DhcpOption.NextServer) is { } next) return next.ToString();
            return view.FindText(DhcpOption.ServerName) ?? view.ServerId?.ToString() ?? "";
        }
    }

    /// <summary>All of it, from the BOOTP header on.</summary>
    public ReadOnlyMemory<byte> Packet => packet;

    /// <summary>Whether it holds options for PXE clients alone, 43.</summary>
    public bool HasVendorOptions => DhcpView.TryRead(packet.Span, out DhcpView view, out _)
        && view.TryFind(DhcpOption.VendorOptions, out _);

    /// <summary>The boot file name, or null.</summary>
    public string? FileName =>
        DhcpView.TryRead(packet.Span, out DhcpView view, out _) ? view.FindText(DhcpOption.FileName) : null;

    private byte[]? ReadOption(SettingKey key)
    {
        if (!TryReadTag(key.Tag, out DhcpTag tag)) return null;
        if (!DhcpView.TryRead(packet.Span, out DhcpView view, out _)) return null;
        if (!view.TryFind(tag, out ReadOnlySpan<byte> value)) return null;
        // Some servers end texts with a NUL, which RFC 2132 section 2 tells us to cut off.
        if (key.Type == SettingTypes.String) value = value.TrimEnd((byte)0);
        return value.ToArray();
    }

    /// <summary>One byte of the number per level, the outer option highest.</summary>
    private static bool TryReadTag(ulong number, out DhcpTag tag)
    {
        string text = "";
        for (; number > 0; number >>= 8) text = text.Length == 0 ? $"{number & 255}" : $"{number & 255}.{text}";
        return DhcpTag.TryParse(text, out tag);
    }
}
