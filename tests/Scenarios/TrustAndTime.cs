using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading.Tasks;
using Bootlace.Harness;
using Bootlace.Net;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>Roots put into the built loader and roots from the script, and the date: a machine whose clock has stopped
/// says so, and a time server sets it right.</summary>
public sealed class TrustAndTime : IDisposable
{
    private const string UnixTime = "${unixtime:int32}";

    private static readonly TestIdentity
        s_embedded = TestIdentity.Make("Embedded Root", isAuthority: true),
        s_added = TestIdentity.Make("Added Root", isAuthority: true);

    private readonly NamespaceLan _lan = NamespaceLan.Create();
    private readonly string _folder = Directory.CreateTempSubdirectory("bootlace-trust-").FullName;
    private readonly string _work = Directory.CreateTempSubdirectory("bootlace-servers-").FullName;

    public void Dispose()
    {
        _lan.Dispose();
        Directory.Delete(_folder, recursive: true);
        Directory.Delete(_work, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public async Task RootsAreListedAndAStoppedClockIsSetRight(string firmwareName)
    {
        Firmware firmware = Firmware.ByName(firmwareName);
        string name = $"{nameof(TrustAndTime)}-{firmware.Name}";
        await File.WriteAllTextAsync(Path.Combine(_folder, "added.pem"), s_added.Pem);
        await File.WriteAllTextAsync(Path.Combine(_folder, "boot.ipxe"), $"""
            #!ipxe
            certstore --trust added.pem
            certstat
            echo before ntp
            ntp {NamespaceLan.ServerAddress}
            echo after ntp {UnixTime}
            certfree
            echo what is left:
            certstat
            ntp 10.77.0.9

            """.ReplaceLineEndings("\n"));
        string loader = TrustingLoader.Create(name, firmware.Architecture, s_embedded);
        string site = $"http://{NamespaceLan.ServerAddress}/";
        NginxServer.Start(_lan, _folder, _work, name + ".nginx.txt");
        ChronyServer.Start(_lan, _work, name + ".chrony.txt");
        DnsmasqServer.Start(_lan, _folder, [], name + ".dnsmasq.txt");

        MachineStart start = new MachineStart.Program(
            loader, $"dhcp && echo no date yet: {UnixTime} && chain {site}boot.ipxe");
        MachineSetup setup = new(name, firmware, start, new MachineNetwork.Tap(_lan))
        {
            ClockBase = TrustingLoader.StoppedClock,
        };
        DateTime before = DateTime.UtcNow;
        await using VirtualMachine machine = VirtualMachine.Start(setup);
        await machine.ExpectFailureAsync(
            NetFailure.NeighborSilent, "No date: the machine's clock says 2001-02-03",
            $"Embedded Root : {Fingerprint(s_embedded)} [TRUSTED] [EMBEDDED]",
            $"Added Root : {Fingerprint(s_added)} [TRUSTED]", "by NTP", "what is left:");
        DateTime[] days = [before, DateTime.UtcNow];   // midnight may have come between
        Assert.Contains(days, day => machine.Serial.HasSaid($"The date is {day:yyyy-MM-dd}"));
    }

    private static string Fingerprint(TestIdentity one)
    {
        string digits = Convert.ToHexStringLower(SHA256.HashData(one.Der));
        return string.Join(':', digits.Chunk(2).Select(pair => new string(pair)));
    }
}
