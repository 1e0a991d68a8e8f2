using System;
using System.IO;
using System.Linq;
using System.Text;
using Bootlace.Crypto;
using Bootlace.Stub;
using Bootlace.Tests.Support;
using Xunit;

namespace Bootlace.Tests.Tools;

/// <summary>Protects roots on their way into the loader: what the tool writes is what the loader reads.</summary>
public sealed class RootBundleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bootlace-roots-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void FilesOfBothFormsBecomeOneListWithoutDoubles()
    {
        TestIdentity one = TestIdentity.Make("One", isAuthority: true);
        TestIdentity two = TestIdentity.Make("Two", isAuthority: true);
        string pem = Write("all.pem", Encoding.ASCII.GetBytes(one.Pem + two.Pem));
        string der = Write("one.der", one.Der);
        (byte[] content, var names) = RootBundle.Read([der, pem]);
        Assert.Equal(["One", "Two"], names);
        var store = new TrustStore(() => content);
        Assert.Equal(["One", "Two"], store.Certificates.Select(stored => stored.Certificate.Name));
        Assert.All(store.Certificates, stored => Assert.True(stored.IsRoot && stored.Origin == TrustOrigin.Embedded));
    }

    [Fact]
    public void AFileWithoutACertificateIsRefused()
    {
        foreach (byte[] bytes in new byte[][] { [], "text"u8.ToArray(), [0x30, 3, 2, 1, 0] })
            Assert.Throws<InvalidDataException>(() => RootBundle.Read([Write("x", bytes)]));
    }

    private string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
