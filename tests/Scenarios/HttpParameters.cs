using System;
using System.Linq;
using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>Requests that carry a form, header fields and a method of their own, as cloud and inventory servers want
/// them.</summary>
public sealed class HttpParameters
{
    private const string Script = """
        #!ipxe
        params
        param arch ${buildarch}
        param note two words & more
        param --header X-Bootlace one  two
        chain register##params

        """;

    private const string Registered = """
        #!ipxe
        params --name token --method PUT
        param --params token --header X-Token-Seconds 21600
        imgfetch token##params=token || goto failed
        params --method HEAD
        imgfetch --name nothing big##params || goto failed
        imgstat
        echo everything was sent
        exit
        :failed
        echo something was not sent

        """;

    [Theory]
    [MemberData(nameof(Machines.Families), MemberType = typeof(Machines))]
    public async Task TheServerSeesFormsHeadersAndMethods(string firmwareName)
    {
        Firmware firmware = Firmware.ByName(firmwareName);
        await using BootBed bed = await BootBed.CreateAsync(nameof(HttpParameters), firmware);
        bed.Script = Script;
        bed.Server["/register"] = ServedFile.FromText(Registered);
        bed.Server["/token"] = ServedFile.FromText("secret");
        bed.Server["/big"] = ServedFile.OfZeros(1L << 40);
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectAsync(Expectations.BootLimit, "token : 6 bytes");
        await machine.ExpectAsync(TimeSpan.FromSeconds(30), "nothing : 0 bytes");
        await machine.ExpectAsync(TimeSpan.FromSeconds(30), "everything was sent");
        await machine.ExpectReturnAsync();

        LoggedRequest[] sent = bed.Server.Requests.Skip(1).ToArray();
        Assert.Equal(["POST /register", "PUT /token", "HEAD /big"], sent.Select(it => $"{it.Method} {it.Path}"));
        string arch = firmware.Architecture == Architecture.X64 ? "x86_64" : "arm64";
        Assert.Equal([$"arch={arch}&note=two%20words%20%26%20more", "", ""], sent.Select(it => it.Body));
        Assert.Contains("Content-Type: application/x-www-form-urlencoded", sent[0].Head);
        Assert.Contains("X-Bootlace: one two", sent[0].Head);
        Assert.Contains("X-Token-Seconds: 21600", sent[1].Head);
        Assert.DoesNotContain("X-Bootlace", sent[1].Head);
    }
}
