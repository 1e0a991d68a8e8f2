using Xunit;

namespace Bootlace.Tests.Uefi;

/// <summary>The fake firmware is found through a static, so the classes that use it run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class FirmwareCollection
{
    public const string Name = "Firmware";
}
