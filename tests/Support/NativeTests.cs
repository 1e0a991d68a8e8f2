using Bootlace.Tests.Tls;
using Xunit;

namespace Bootlace.Tests.Support;

/// <summary>The test classes that must not use the C library at the same time: it is built without threads. Hashing and
/// checking signatures may be done by any test at any time, but not beside these: they count the library's memory.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class NativeTests : ICollectionFixture<PeerKeys>
{
    /// <summary>The collection's name: [Collection(NativeTests.Name)].</summary>
    public const string Name = "C library";
}
