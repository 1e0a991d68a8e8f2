using System.Text;
using Bootlace.Boot;
using Bootlace.Script;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects the way scripts pass for somebody else: chainloading loops are broken by it.</summary>
public class ChosenIdentityTests
{
    private static readonly DhcpIdentity Identity = new() { Architecture = 7 };

    private readonly SettingsStore _settings = new();
    private readonly PlainBlock _card = new("net0");

    public ChosenIdentityTests() => _settings.Register(_card, _settings.Root);

    [Fact]
    public void WithoutSettingsTheIdentityStays()
    {
        DhcpIdentity found = ChosenIdentity.Apply(Identity, _settings, "net0");
        Assert.Equal("iPXE", Text(found.UserClass));
        Assert.True(found.VendorClass.IsEmpty);
    }

    [Fact]
    public void ASettingOfTheCardGoesBeforeOneOfAll()
    {
        Store(_settings.Root, "user-class", "Tinkerbell");
        Store(_settings.Root, "vendor-class", "All");
        Store(_card, "vendor-class", "Card");
        DhcpIdentity found = ChosenIdentity.Apply(Identity, _settings, "net0");
        Assert.Equal(("Tinkerbell", "Card"), (Text(found.UserClass), Text(found.VendorClass)));
        Assert.Equal("All", Text(ChosenIdentity.Apply(Identity, _settings, "net1").VendorClass));
    }

    [Fact]
    public void AUuidIsSentAsSmbiosWouldHaveIt()
    {
        Type(_settings.Root, "uuid", "00112233-4455-6677-8899-aabbccddeeff");
        Assert.Equal(
            "33221100554477668899aabbccddeeff",
            System.Convert.ToHexStringLower(ChosenIdentity.Apply(Identity, _settings, "net0").MachineUuid.Span));
        Type(_card, "uuid", "ff112233-4455-6677-8899-aabbccddeeff");
        Assert.Equal(0xff, ChosenIdentity.Apply(Identity, _settings, "net0").MachineUuid.Span[3]);
        Assert.Equal(0x00, ChosenIdentity.Apply(Identity, _settings, "net1").MachineUuid.Span[3]);
    }

    [Fact]
    public void WhatIsNoUuidLeavesTheMachinesOwn()
    {
        DhcpIdentity machine = Identity with { MachineUuid = new byte[16] };
        Store(_settings.Root, "uuid", "0011");
        Assert.Equal(16, ChosenIdentity.Apply(machine, _settings, "net0").MachineUuid.Length);
    }

    [Fact]
    public void WhatAnEarlierLeaseSaidDoesNotCount()
    {
        byte[] packet = Wire.DhcpTests.Reply([60, 9, .. "PXEClient"u8, 255]);
        _settings.Register(new DhcpBlock("dhcp", packet), _card);
        Assert.True(ChosenIdentity.Apply(Identity, _settings, "net0").VendorClass.IsEmpty);
    }

    private static void Store(SettingsBlock block, string name, string value) =>
        block.Store(DeclaredSettings.Resolve(name, null), Encoding.ASCII.GetBytes(value));

    private static void Type(SettingsBlock block, string name, string value)
    {
        SettingKey key = DeclaredSettings.Resolve(name, null);
        block.Store(key, key.Type!.Parse(value));
    }

    private static string Text(System.ReadOnlyMemory<byte> bytes) => Encoding.ASCII.GetString(bytes.Span);
}
