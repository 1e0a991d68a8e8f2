using Bootlace.Script;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Script;

/// <summary>Protects each command and the option rules (spec/ipxe-compat.md 1.7, 2.1, 2.2, 2.4).</summary>
public class CommandTests
{
    private readonly ScriptWorld _world = new();

    [Theory]
    [InlineData("echo", "\n")]
    [InlineData("echo a  b", "a b\n")]
    [InlineData("echo -n a", "a")]
    [InlineData("echo --n a", "a")]
    [InlineData("echo -- -n", "-n\n")]
    [InlineData("echo - a", "- a\n")]
    [InlineData("echo a -n", "a -n\n")]
    [InlineData("set x", "")]
    [InlineData("set x 1\nset x\nisset ${x} || echo gone", "gone\n")]
    [InlineData("set x 1\nset x ${undefined}\nisset ${x} || echo gone", "gone\n")]
    [InlineData("set x a  b\necho ${x}", "a b\n")]
    [InlineData("clear absent && echo ok", "ok\n")]
    [InlineData("set x 1\nclear x\nisset ${x} || echo gone", "gone\n")]
    [InlineData("iseq a a && echo same", "same\n")]
    [InlineData("iseq a A || echo other", "other\n")]
    [InlineData("iseq ${} ${x} && echo both empty", "both empty\n")]
    [InlineData("set x:hex 41:42\nshow x", "x:hex = 41:42\n")]
    [InlineData("set net0/ip 10.0.0.1\nshow ip", "net0/ip:ipv4 = 10.0.0.1\n")]
    [InlineData("set x 1\nshow -q x", "1\n")]
    [InlineData("show x:string ||",
        "'x:string' has no value [2d0a0004] - 'dhcp' or 'set' gives settings their values\n")]
    [InlineData("inc i\ninc i 5\ninc i -2\necho ${i}", "4\n")]
    [InlineData("inc -- i -2\necho [${i}]", "[-2]\n")]
    [InlineData("show version", "builtin/version:string = 9.9\n")]
    public void TextAndSettingsCommands(string script, string output)
    {
        Assert.True(_world.Run(script).IsSuccess, _world.Output);
        Assert.Equal(output, _world.Output);
    }

    [Theory]
    [InlineData("time sleep 3", 0, "sleep 3: 3.000 s\n")]
    [InlineData("time -- echo a", 0, "a\necho a: 0.000 s\n")]
    [InlineData("time iseq a b", 0x460a0005, "iseq a b: 0.000 s\n")]
    [InlineData("time", 0x460a0007, "Usage: time <command>...\n")]
    [InlineData("time nothing", 0x2e0a0001, "nothing: 0.000 s\nnothing: command not found [2e0a0001]")]
    public void TimeTellsHowLongACommandTook(string line, uint code, string output)
    {
        Assert.Equal(code, _world.Run(line).Code);
        Assert.StartsWith(output, _world.Output);
    }

    [Theory]
    [InlineData("nslookup a boot.lan && show a", 0, "a:ipv4 = 10.9.8.7\n")]
    [InlineData("nslookup net0/next-server boot.lan && echo ${net0/next-server}", 0, "10.9.8.7\n")]
    [InlineData("nslookup a:hex boot.lan && echo ${a}", 0, "0a:09:08:07\n")]
    [InlineData("nslookup six boot6.lan && show six", 0, "six:ipv6 = 2001:db8::1\n")]
    [InlineData("nslookup a nowhere.lan", 0x2dff0002, "There is no such host")]
    [InlineData("nslookup a", 0x460a0007, "Usage: nslookup <setting> <name>\n")]
    public void NslookupStoresAnAddress(string line, uint code, string output)
    {
        _world.Hosts["boot.lan"] = [10, 9, 8, 7];
        _world.Hosts["boot6.lan"] = [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
        Assert.Equal(code, _world.Run(line).Code);
        Assert.StartsWith(output, _world.Output);
    }

    [Theory]
    [InlineData("ping -c 2 boot.lan", 0, 1000,
        "64 bytes from 10.9.8.7: seq=1 time=1.5 ms\n64 bytes from 10.9.8.7: seq=2 time=20.0 ms\n")]
    [InlineData("ping --size 1 --timeout 200 --count 1 10.9.8.7", 0, 0, "1 bytes from 10.9.8.7: seq=1 time=1.5 ms\n")]
    [InlineData("ping -q -c2 boot.lan", 0, 1000, "")]
    [InlineData("ping -c 3 boot.lan", 0x4cff0003, 2020,
        "64 bytes from 10.9.8.7: seq=1 time=1.5 ms\n64 bytes from 10.9.8.7: seq=2 time=20.0 ms\nNo echo")]
    [InlineData("ping -c 3 -q boot.lan", 0x4cff0003, 2020, "")]
    [InlineData("ping --count 2 nowhere.lan", 0x2dff0002, 0, "There is no such host")]
    [InlineData("ping", 0x460a0007, 0, "Usage: ping ")]
    [InlineData("ping a b", 0x460a0007, 0, "Usage: ping ")]
    [InlineData("ping --count x boot.lan", 0x1c0a0008, 0, "")]
    [InlineData("ping --size", 0x1c0a0006, 0, "Usage: ping ")]
    [InlineData("ping -x boot.lan", 0x1c0a0006, 0, "Usage: ping ")]
    [InlineData("ping -t -5 boot.lan", 0x1c0a0006, 0, "Usage: ping ")]
    public void PingEndsAsItsLastEchoDid(string line, uint code, long waitedAtLeastMs, string output)
    {
        _world.Hosts["boot.lan"] = _world.Hosts["10.9.8.7"] = [10, 9, 8, 7];
        _world.Echoes.Enqueue(1500);
        _world.Echoes.Enqueue(20_000);
        Assert.Equal(code, _world.Run(line + (code == 0x4cff0003 ? " || exit ${errno}" : "")).Code);
        Assert.StartsWith(output, _world.Output);
        if (output.Length == 0 && code is 0 or 0x4cff0003 && line.Contains(" -q", System.StringComparison.Ordinal))
            Assert.Equal("", _world.Output);
        Assert.InRange(_world.WaitedMs, waitedAtLeastMs, waitedAtLeastMs + 1020);
    }

    [Theory]
    [InlineData("nstat", 0, "net0: 10.0.0.2\nnet1: 10.0.0.2\n")]
    [InlineData("ipstat", 0, "IPv4: some\n")]
    [InlineData("nstat net0", 0x460a0007, "Usage: nstat\n")]
    [InlineData("ipstat -x", 0x1c0a0006, "Usage: ipstat\n")]
    [InlineData("ifstat net1", 0, "net1: closed\n")]
    [InlineData("ifstat net1 net9 net0", 0x2c0a001b, "net1: closed\nnet0: closed\n")]
    [InlineData("ifstat --verbose", 0x1c0a0006, "Usage: ifstat [<interface>...]\n")]
    public void TheStatisticsAreShown(string line, uint code, string output)
    {
        _world.AddInterface("net0");
        _world.AddInterface("net1");
        Assert.Equal(code, _world.Run(line).Code);
        Assert.StartsWith(output, _world.Output);
    }

    [Theory]
    [InlineData("autoboot", 0, "autoboot ")]
    [InlineData("autoboot net1 net0", 0, "autoboot net1 net0")]
    [InlineData("autoboot net9 net0", 0x2c0a001b, "autoboot net0")]
    [InlineData("autoboot net9", 0x2c0a001b, "")]
    [InlineData("autoboot --fast net0", 0x1c0a0006, "")]
    public void AutobootTakesTheNamedInterfaces(string line, uint code, string deeds)
    {
        _world.AddInterface("net0");
        _world.AddInterface("net1");
        Assert.Equal(code, _world.Run(line).Code);
        Assert.Equal(deeds, string.Join(", ", _world.Deeds));
        _world.BootStatus = new Status(0x2cff0009);
        Assert.Equal(line.Contains('9', System.StringComparison.Ordinal) || code == 0x1c0a0006 ? code : 0x2cff0009u,
            _world.Run(line).Code);
    }

    [Theory]
    [InlineData("pxebs net0 0", 0, "boot server 0 on net0")]
    [InlineData("pxebs net0 0x8000", 0, "boot server 32768 on net0")]
    [InlineData("pxebs net0 65536", 0x1c0a000a, "")]
    [InlineData("pxebs net0 -- -1", 0x460a0007, "")]
    [InlineData("pxebs net0 x", 0x1c0a0008, "")]
    [InlineData("pxebs net9 0", 0x2c0a001b, "")]
    [InlineData("pxebs net0", 0x460a0007, "")]
    [InlineData("pxebs --all net0 0", 0x1c0a0006, "")]
    [InlineData("pxebs net1 0", 0x4cff0005, "boot server 0 on net1")]
    public void PxebsAsksForAType(string line, uint code, string deeds)
    {
        _world.AddInterface("net0");
        _world.AddInterface("net1", new FailureKind(0x4cff0005, "Nobody", "wait"));
        Assert.Equal(code, _world.Run(line).Code);
        Assert.Equal(deeds, string.Join(", ", _world.Deeds));
    }

    [Theory]
    [InlineData("lotest net0 net1", 0x4cff0003, "open net0, open net1, loop net0 net1 0")]
    [InlineData("lotest -b --mtu 100 net1 net0", 0x4cff0003, "open net1, open net0, loop net1 net0 100 to all")]
    [InlineData("lotest net0 net9", 0x2c0a001b, "")]
    [InlineData("lotest net0", 0x460a0007, "")]
    [InlineData("lotest --mtu 70000 net0 net1", 0x1c0a000a, "")]
    [InlineData("lotest --mtu x net0 net1", 0x1c0a0008, "")]
    [InlineData("lotest --fast net0 net1", 0x1c0a0006, "")]
    public void LotestRunsUntilAFrameIsLost(string line, uint code, string deeds)
    {
        _world.AddInterface("net0");
        _world.AddInterface("net1");
        Assert.Equal(code, _world.Run(line).Code);
        Assert.Equal(deeds, string.Join(", ", _world.Deeds));
        if (deeds.Length > 0) Assert.Contains("2 frames arrived\n", _world.Output);
    }

    [Fact]
    public void PingGoesOnUntilCtrlC()
    {
        _world.Hosts["h"] = [10, 0, 0, 1];
        _world.InterruptAfterTurns = 7;
        Assert.Equal(0x0b0a0015u, _world.Run("ping h").Code);
        Assert.Contains("No echo [4cff0003]", _world.Output);
        Assert.InRange(_world.Deeds.Count, 3, 8);
    }

    [Fact]
    public void RouteShowsWhatIsOpen()
    {
        _world.AddInterface("net0");
        _world.AddInterface("net1").Open();
        Assert.True(_world.Run("route").IsSuccess);
        Assert.Equal("net1: 10.0.0.1\n", _world.Output);
    }

    [Theory]
    [InlineData("iflinkwait", 0, "open net0, wait net0 0, open net1, wait net1 0")]
    [InlineData("iflinkwait --timeout 500 net1", 0x380000ff, "open net1, wait net1 500")]
    [InlineData("iflinkwait net7 net0", 0x2c0a001b, "open net0, wait net0 0")]
    public void IflinkwaitOpensAndWaits(string line, uint code, string deeds)
    {
        _world.AddInterface("net0");
        _world.AddInterface("net1", code == 0x380000ff ? new FailureKind(code, "No link", "plug it in") : null);
        Assert.Equal(code, _world.Run(line).Code);
        Assert.Equal(deeds, string.Join(", ", _world.Deeds));
    }

    [Fact]
    public void SleepWaitsThatManySeconds()
    {
        _world.Run("sleep 3\nsleep 0x10\nsleep 0");
        Assert.Equal(19_000, _world.WaitedMs);
    }

    [Theory]
    [InlineData("prompt Press a key", 'x', 0)]
    [InlineData("prompt --key x go", 'x', 0)]
    [InlineData("prompt -kx", 'x', 0)]
    [InlineData("prompt --key=0x02", 2, 0)]
    [InlineData("prompt --key 0x107e", 0x11107e, 0)]
    [InlineData("prompt --key x", 'y', 0x0b0a0016)]
    [InlineData("prompt --timeout 2000 --key x", -1, 0x4c0a0017)]
    [InlineData("prompt -k xy", 'x', 0x1c0a0009)]
    [InlineData("prompt -t abc", 'x', 0x1c0a0008)]
    public void PromptWaitsForAKey(string line, int key, uint code)
    {
        if (key >= 0) _world.Keys.Enqueue(key);
        Assert.Equal(code, _world.Run(line).Code);
    }

    [Fact]
    public void ReadPresetsTheEditorAndStoresWhatItGives()
    {
        _world.TypedLines.Enqueue("new value");
        _world.Run("set x old\nread --timeout 500 x\necho ${x}");
        Assert.Equal(new LineRequest("", "old", 500, false), _world.LineRequests[0]);
        Assert.Equal("new value\n", _world.Output);
        Assert.Equal(ScriptFailure.Cancelled.Code, _world.Run("read y").Code);
    }

    [Theory]
    [InlineData("initrd", "fetch x/a")]
    [InlineData("initrd -q", "fetch x/a quietly")]
    [InlineData("initrd --timeout 5000", "fetch x/a within 5000")]
    [InlineData("initrd --timeout=0x10 --quiet", "fetch x/a within 16 quietly")]
    public void FetchOptionsArePassedOn(string line, string deed)
    {
        _world.Files["x/a"] = "content";
        Assert.True(_world.Run($"{line} x/a").IsSuccess, _world.Output);
        Assert.Equal([deed], _world.Deeds);
    }

    [Theory]
    [InlineData("initrd -n", "Option '-n' needs a value")]
    [InlineData("initrd --name", "Option '--name' needs a value")]
    [InlineData("initrd --name -x x/a", "Option '--name' needs a value")]
    [InlineData("initrd --quiet=yes x/a", "Option '--quiet' takes no value")]
    [InlineData("initrd --nam y x/a", "Unknown option '--nam'")]
    [InlineData("initrd -z x/a", "Unknown option '-z'")]
    [InlineData("initrd -qz x/a", "Unknown option '-z'")]
    [InlineData("initrd", "initrd: wrong number of arguments")]
    [InlineData("kernel", "kernel: wrong number of arguments")]
    public void BadOptionsShowTheUsageAndDoNothing(string line, string message)
    {
        Assert.False(_world.Run(line).IsSuccess);
        Assert.Contains("Usage: ", _world.Output);
        Assert.Contains(message, _world.Output);
        Assert.Empty(_world.Deeds);
    }

    [Fact]
    public void KernelInitrdBootIsTheWholePoint()
    {
        _world.Files["http://h/vmlinuz"] = "kernel";
        _world.Files["http://h/initrd.img"] = "initrd";
        _world.Run(
            "kernel http://h/vmlinuz console=ttyS0 initrd=initrd.img\ninitrd http://h/initrd.img\nimgstat\nboot");
        Assert.Equal(
            "vmlinuz : 6 bytes [data] [SELECTED] \"console=ttyS0 initrd=initrd.img\"\ninitrd.img : 6 bytes [data]\n",
            _world.Output);
        Assert.Equal("execute vmlinuz console=ttyS0 initrd=initrd.img", _world.Deeds[^1]);
    }

    [Fact]
    public void AnImageNameWinsOverAFetchAndImgargsReplaces()
    {
        _world.Files["a"] = "x";
        _world.Run("imgfetch --name one a first args\nimgargs one\nkernel one\nimgargs one second\nimgstat one\nboot "
            + "one third");
        Assert.Equal("one : 1 bytes [data] [SELECTED] \"second\"\n", _world.Output);
        Assert.Equal(["fetch a", "execute one third"], _world.Deeds);
    }

    [Fact]
    public void BundledFlagsWork()
    {
        _world.Files["next"] = "#!ipxe\nimgstat";
        ScriptEnd end = _world.RunEnd("chain -ar next");
        Assert.True(end.Replacement!.IsAutoFree);
    }

    [Fact]
    public void ImgfreeFreesAllOrStopsAtTheFirstUnknownName()
    {
        _world.Files["a"] = "x";
        _world.Files["b"] = "x";
        _world.Run("imgfetch a\nimgfetch b\nimgfree a nope b || echo ${errno}\nimgstat\nimgfree\nimgstat");
        Assert.Equal("There is no image 'nope' [2d0a0019] - 'imgstat' lists the images\n0x2d0a0019\nb : 1 bytes "
            + "[data]\n",
            _world.Output);
    }

    [Fact]
    public void BootWithNothingSelectedFails() =>
        Assert.Equal(ScriptFailure.NothingSelected.Code, _world.Run("boot").Code);

    [Fact]
    public void AFailedFetchPrintsItsLineAndTheScriptGoesOnAfterOr()
    {
        Assert.True(_world.Run("kernel missing || echo on").IsSuccess);
        Assert.Equal("no file missing [2dff0001] - look elsewhere\non\n", _world.Output);
    }

    [Fact]
    public void DhcpStopsAtTheFirstInterfaceThatSucceedsAndClosesTheFailedOnes()
    {
        _world.AddInterface("net0", ScriptFailure.NoSuchImage);
        _world.AddInterface("net1");
        _world.AddInterface("net2");
        Assert.True(_world.Run("dhcp").IsSuccess);
        Assert.Equal(["open net0", "configure net0 Any", "close net0", "open net1", "configure net1 Any"],
            _world.Deeds);
    }

    [Theory]
    [InlineData("dhcp net1", "open net1,configure net1 Any")]
    [InlineData("ifconf -c dhcp -t 3000 net1", "open net1,configure net1 Dhcp 3000")]
    [InlineData("ifopen", "open net0,open net1")]
    [InlineData("ifopen net1\nifclose net1", "open net1,close net1")]
    [InlineData("ifopen net1\nifclose netX", "open net1,close net1")]
    public void InterfacesAreNamedOrAll(string script, string deeds)
    {
        _world.AddInterface("net0");
        _world.AddInterface("net1");
        Assert.True(_world.Run(script).IsSuccess, _world.Output);
        Assert.Equal(deeds.Split(','), _world.Deeds);
    }

    [Fact]
    public void InterfaceCommandsGoOnAfterAnUnknownNameAndFailAtTheEnd()
    {
        _world.AddInterface("net0");
        Assert.Equal(ScriptFailure.NoSuchInterface.Code, _world.Run("ifstat net7 net0").Code);
        Assert.StartsWith("net0: closed\nThere is no network interface 'net7'", _world.Output);
        Assert.Equal(ScriptFailure.UnknownConfigurator.Code, _world.Run("dhcp -c carrier-pigeon").Code);
    }

    [Fact]
    public void WithoutAnyInterfaceDhcpFailsAndIfstatIsEmpty()
    {
        Assert.Equal(ScriptFailure.NoInterfaces.Code, _world.Run("dhcp").Code);
        Assert.True(_world.Run("ifstat").IsSuccess);
    }

    [Theory]
    [InlineData("reboot", "reboot warm=False setup=False")]
    [InlineData("reboot --warm", "reboot warm=True setup=False")]
    [InlineData("reboot -s", "reboot warm=False setup=True")]
    [InlineData("poweroff", "poweroff")]
    [InlineData("sync", "settle 0")]
    [InlineData("sync -t 500", "settle 500")]
    [InlineData("sync --timeout=0x10", "settle 16")]
    public void ThePowerSwitch(string line, string deed)
    {
        _world.Run(line);
        Assert.Equal([deed], _world.Deeds);
    }

    [Fact]
    public void HelpNamesEveryCommand()
    {
        _world.Run("help");
        foreach (Command command in _world.Interpreter.Commands.All) Assert.Contains(command.Name, _world.Output);
        Assert.True(_world.Interpreter.Commands.All.Count >= 85, "a command was lost");
    }
}
