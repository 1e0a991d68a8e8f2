using System.IO;
using System.Text;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Tests.Harness;

/// <summary>Protects the initrd that every scenario boots: Linux silently ignores an archive it cannot read.</summary>
public sealed class NewcArchiveTests
{
    [Fact]
    public void AFileIsAHeaderANameAndItsContentEachPaddedToFourBytes()
    {
        using MemoryStream target = new();
        NewcArchive archive = new(target);
        archive.AddFile("ab", "hello"u8);
        archive.Finish();

        const string Expected =
            "070701" + "00000001" + "000081A4" + "00000000" + "00000000" + "00000001" + "00000000" + "00000005"
            + "00000000" + "00000000" + "00000000" + "00000000" + "00000003" + "00000000" + "ab\0\0\0\0" + "hello\0\0\0"
            + "070701" + "00000000" + "00000000" + "00000000" + "00000000" + "00000001" + "00000000" + "00000000"
            + "00000000" + "00000000" + "00000000" + "00000000" + "0000000B" + "00000000" + "TRAILER!!!\0\0\0\0";
        Assert.Equal(Expected, Encoding.ASCII.GetString(target.ToArray()));
    }

    [Fact]
    public void ADeviceCarriesItsNumbers()
    {
        using MemoryStream target = new();
        new NewcArchive(target).AddDevice("dev/console", 5, 1);
        string header = Encoding.ASCII.GetString(target.ToArray());
        Assert.Equal("00002180", header.Substring(14, 8));
        Assert.Equal("0000000500000001", header.Substring(78, 16));
    }
}
