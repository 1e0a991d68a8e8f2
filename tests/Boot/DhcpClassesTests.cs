using System.Text;
using Bootlace.Boot;
using Bootlace.Script;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects the way scripts pass for somebody else: chainloading loops are broken by it.</summary>
public class DhcpClassesTests
{
    private static readonly DhcpIdentity Identity = new() { Architecture = 7 };

    private readonly SettingsStore _settings = new();
    private readonly PlainBlock _card = new("net0");

    public DhcpClassesTests() => _settings.Register(_card, _settings.Root);

    [Fact]
    public void WithoutSettingsTheIdentityStays()
    {
        DhcpIdentity found = DhcpClasses.Apply(Identity, _settings, "net0");
        Assert.Equal("iPXE", Text(found.UserClass));
        Assert.True(found.VendorClass.IsEmpty);
    }

    [Fact]
    public void ASettingOfTheCardGoesBeforeOneOfAll()
    {
        Store(_settings.Root, "user-class", "Tinkerbell");
        Store(_settings.Root, "vendor-class", "All");
        Store(_card, "vendor-class", "Card");
        DhcpIdentity found = DhcpClasses.Apply(Identity, _settings, "net0");
        Assert.Equal(("Tinkerbell", "Card"), (Text(found.UserClass), Text(found.VendorClass)));
        Assert.Equal("All", Text(DhcpClasses.Apply(Identity, _settings, "net1").VendorClass));
    }

    [Fact]
    public void WhatAnEarlierLeaseSaidDoesNotCount()
    {
        byte[] packet = Wire.DhcpTests.Reply([60, 9, .. "PXEClient"u8, 255]);
        _settings.Register(new DhcpBlock("dhcp", packet), _card);
        Assert.True(DhcpClasses.Apply(Identity, _settings, "net0").VendorClass.IsEmpty);
    }

    private static void Store(SettingsBlock block, string name, string value) =>
        block.Store(DeclaredSettings.Resolve(name, null), Encoding.ASCII.GetBytes(value));

    private static string Text(System.ReadOnlyMemory<byte> bytes) => Encoding.ASCII.GetString(bytes.Span);
}
