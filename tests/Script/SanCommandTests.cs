using Bootlace.Script;
using Xunit;

namespace Bootlace.Tests.Script;

/// <summary>Protects the forms of the commands for network disks (spec/ipxe-compat.md 1.7 and 2.6).</summary>
public class SanCommandTests
{
    private readonly ScriptWorld _world = new();

    [Theory]
    [InlineData("sanhook iscsi:a", "hook [iscsi:a]")]
    [InlineData("sanhook -d 0x81 iscsi:a", "hook 81 [iscsi:a]")]
    [InlineData("sanhook --drive=129 iscsi:a iscsi:b", "hook 81 [iscsi:a, iscsi:b]")]
    [InlineData("sanhook --no-describe iscsi:a", "hook quiet [iscsi:a]")]
    [InlineData("sanhook -nd0x82 iscsi:a", "hook 82 quiet [iscsi:a]")]
    [InlineData("sanboot", "boot []")]
    [InlineData("sanboot iscsi:a", "boot [iscsi:a]")]
    [InlineData("sanboot --no-describe --drive 0x80", "boot 80 quiet []")]
    [InlineData("sanboot --keep iscsi:a", "boot [iscsi:a] kept")]
    [InlineData(@"sanboot -k -f \EFI\debian\grubx64.efi iscsi:a", @"boot [iscsi:a] kept file=\EFI\debian\grubx64.efi")]
    [InlineData("sanboot --filename /a.efi --extra /b --label ROOT", "boot [] file=/a.efi extra=/b label=ROOT")]
    [InlineData("sanboot -l ROOT -e /b iscsi:a iscsi:b", "boot [iscsi:a, iscsi:b] extra=/b label=ROOT")]
    [InlineData("sanboot --uuid 00112233-4455-6677-8899-aabbccddeeff",
        "boot [] uuid=33221100554477668899AABBCCDDEEFF")]
    [InlineData("sanboot --ram http://h/disk.img", "boot ram [http://h/disk.img]")]
    [InlineData("sanboot -rd 0x80 disk.img", "boot 80 ram [disk.img]")]
    [InlineData("sanunhook", "unhook")]
    [InlineData("sanunhook --drive 0x81", "unhook 81")]
    [InlineData("set root-path iscsi:10.0.0.1::::iqn.x\nsanhook ${root-path}", "hook [iscsi:10.0.0.1::::iqn.x]")]
    public void OptionsArePassedOn(string script, string deed)
    {
        Assert.True(_world.Run(script).IsSuccess, _world.Output);
        Assert.Equal(deed, Assert.Single(_world.Deeds));
    }

    [Theory]
    [InlineData("sanhook", 0x460a0007)]
    [InlineData("sanhook --keep iscsi:a", 0x1c0a0006)]
    [InlineData("sanhook --ram iscsi:a", 0x1c0a0006)]
    [InlineData("sanhook -d x iscsi:a", 0x1c0a0008)]
    [InlineData("sanhook -d 0x100000000 iscsi:a", 0x1c0a0008)]
    [InlineData("sanboot --ram", 0x460a0007)]
    [InlineData("sanboot --ram a b", 0x460a0007)]
    [InlineData("sanboot --uuid 0011", 0x1c0a000a)]
    [InlineData("sanboot --filename", 0x1c0a0006)]
    [InlineData("sanunhook 0x80", 0x460a0007)]
    [InlineData("iscsi", 0x460a0007)]
    [InlineData("iscsi discover", 0x460a0007)]
    [InlineData("iscsi login 10.0.0.1", 0x1c0a001e)]
    [InlineData("iscsi discover 10.0.0.1:", 0x1c0a001f)]
    [InlineData("iscsi discover 10.0.0.1:0", 0x1c0a001f)]
    [InlineData("iscsi discover 10.0.0.1:65536", 0x1c0a001f)]
    [InlineData("iscsi discover :3260", 0x1c0a001f)]
    [InlineData("iscsi discover 10.0.0.1", 0x2d0a0020)]
    public void BadFormsAreRefusedWithTheirCode(string line, uint code)
    {
        Assert.Equal(code, _world.Run(line).Code);
        Assert.DoesNotContain(_world.Deeds, deed => !deed.StartsWith("discover"));
    }

    [Fact]
    public void TheStatusOfTheProgramIsTheCommands()
    {
        _world.BootStatus = new Status(0x1d0b0083);
        Assert.True(_world.Run("sanboot iscsi:a || echo came back\nset x ${errno}").IsSuccess);
        Assert.Equal("came back\n", _world.Output);
        Assert.Equal("0x1d0b0083", _world.Expand("${x}"));
    }

    [Theory]
    [InlineData("10.0.0.1", "10.0.0.1 3260")]
    [InlineData("10.0.0.1:860", "10.0.0.1 860")]
    [InlineData("target.example", "target.example 3260")]
    [InlineData("target.example:3261", "target.example 3261")]
    [InlineData("2001:db8::1", "2001:db8::1 3260")]
    [InlineData("[2001:db8::1]", "2001:db8::1 3260")]
    [InlineData("[2001:db8::1]:3261", "2001:db8::1 3261")]
    public void DiscoverTakesAServerWithOrWithoutPort(string server, string asked)
    {
        _world.Targets.Add(new SanTarget("iqn.a", []));
        Assert.True(_world.Run($"iscsi discover {server}").IsSuccess);
        Assert.Equal($"discover {asked}", Assert.Single(_world.Deeds));
    }

    [Fact]
    public void DiscoveredTargetsArePrintedAndBecomeSettings()
    {
        _world.Targets.Add(new SanTarget("iqn.a", ["10.0.0.1:3260,1", "10.0.0.2:3260,1"]));
        _world.Targets.Add(new SanTarget("iqn.b", []));
        _world.Run("iscsi discover 10.0.0.1");
        Assert.Equal("iqn.a at 10.0.0.1:3260,1 10.0.0.2:3260,1\niqn.b\n", _world.Output);
        Assert.Equal("2 [iqn.a iqn.b] iqn.a 10.0.0.1:3260,1 iqn.b []", _world.Expand(
            "${iscsi/target-count} [${iscsi/targets}] ${iscsi/target0} ${iscsi/portal0} ${iscsi/target1} "
            + "[${iscsi/portal1}]"));

        _world.Targets.Clear();
        _world.Run("iscsi discover 10.0.0.1 ||");
        Assert.Equal("0 []", _world.Expand("${iscsi/target-count} [${iscsi/targets}${iscsi/target0}]"));
    }
}
