using System.Threading.Tasks;
using Bootlace.Harness;
using Bootlace.San;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>What a target can refuse ends in a code and a hint of its own, and the script goes on.</summary>
public sealed class IscsiRefusals
{
    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public async Task EachRefusalHasItsCodeAndTheScriptGoesOn(string firmwareName)
    {
        await using SanBed bed = await SanBed.CreateAsync(
            nameof(IscsiRefusals),
            Firmware.ByName(firmwareName),
            change: it => it with
            {
                Incoming = new ChapAccount("initiator", "secret-of-ours"),
                Outgoing = new ChapAccount("target", "secret-of-theirs"),
            });
        using RedirectingPortal loop = RedirectingPortal.Start(port => $"10.0.2.2:{port},1");
        IscsiTarget target = bed.Targets[0];
        string nobody = bed.Tgt.RootPath(target with { Name = "iqn.2026-11.net.bootlace:nobody" });
        bed.Boot.Script = $"""
            #!ipxe
            {SanBed.Credentials(target)}
            set password not-the-secret
            sanhook {bed.RootPath} || echo after the wrong secret: $[errno]
            {SanBed.Credentials(target)}
            set reverse-password not-their-secret
            sanhook {bed.RootPath} || echo after the wrong reverse secret: $[errno]
            {SanBed.Credentials(target)}
            sanhook {nobody} || echo after the unknown target: $[errno]
            sanhook {bed.Tgt.RootPath(target, lun: 7)} || echo after the missing LUN: $[errno]
            sanhook {bed.Tgt.RootPath(target, port: loop.Port)} || echo after the loop: $[errno]
            sanhook {bed.Tgt.RootPath(target, port: 9)} || echo after the closed port: $[errno]
            sanboot {bed.RootPath}

            """.Replace("$[errno]", "${errno}");
        await using VirtualMachine machine = bed.Boot.Start();
        await ExpectAsync(machine, SanFailure.AuthenticationFailed, "after the wrong secret");
        await ExpectAsync(machine, SanFailure.TargetNotAuthentic, "after the wrong reverse secret");
        await ExpectAsync(machine, SanFailure.TargetNotFound, "after the unknown target");
        await ExpectAsync(machine, SanFailure.LunMissing, "after the missing LUN");
        await ExpectAsync(machine, SanFailure.TooManyRedirects, "after the loop");
        Assert.InRange(loop.Logins, 2, 10);
        await machine.ExpectAsync(Expectations.BootLimit, "after the closed port:");

        // All of that has left nothing behind that stands in the way of the right words.
        await machine.ExpectAsync(Expectations.BootLimit, GrubDisk.Words);
        await machine.ExpectLinuxAsync(bed.Boot.Payload, hasBanner: false);
    }

    private static async Task ExpectAsync(VirtualMachine machine, FailureKind kind, string next)
    {
        await machine.ExpectAsync(Expectations.BootLimit, $"[{kind.Code:x8}] - {kind.Hint}");
        await machine.ExpectAsync(Expectations.BootLimit, $"{next}: 0x{kind.Code:x}");
    }
}
