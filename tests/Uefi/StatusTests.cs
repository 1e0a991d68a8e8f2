using Bootlace.Uefi;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Uefi;

/// <summary>Protects what the firmware is told and what users read of what it says.</summary>
public class StatusTests
{
    [Theory]
    [InlineData(0u, 0ul)]
    [InlineData(1u, 0x8000_0000_0000_007ful)]   // spec/ipxe-compat.md 7.7
    [InlineData(2u, 0x8000_0000_0000_007eul)]
    [InlineData(0xffff_ffffu, 0x8000_0000_0000_0001ul)]
    public void ExitCodesBecomeTheStatusesIpxeGives(uint code, ulong status) =>
        Assert.Equal(status, (ulong)Status.FromExitCode(code).Value);

    [Fact]
    public void FailuresBecomeTheNearestStatus()
    {
        Assert.Equal(Status.OutOfResources, Status.FromFailure(FirmwareFailure.NoMemory));
        Assert.Equal(Status.AccessDenied, Status.FromFailure(FirmwareFailure.ImageUntrusted));
        Assert.Equal(Status.LoadError, Status.FromFailure(FirmwareFailure.ImageRefused));
        Assert.Equal(Status.NotFound, Status.FromFailure(FirmwareFailure.NoNetworkCard));
    }

    [Theory]
    [InlineData(0x8000_0000_0000_000eul, "not found")]
    [InlineData(0x8000_0000_0000_001aul, "security violation")]
    [InlineData(0x8000_0000_0000_4242ul, "EFI status 0x8000000000004242")]
    [InlineData(2ul, "EFI status 0x2")]
    [InlineData(0ul, "success")]
    public void StatusesAreNamedAndUnknownOnesStayNumbers(ulong value, string text) =>
        Assert.Equal(text, new Status((nuint)value).ToString());

    [Fact]
    public void OnlyErrorsOtherThanTheToleratedOneThrow()
    {
        Status.ThrowUnless(Status.Success, "Start");
        Status.ThrowUnless(new Status(2), "Start");   // a warning
        Status.ThrowUnless(Status.AlreadyStarted, Status.AlreadyStarted, "Start");
        BootFailure failure = Assert.Throws<BootFailure>(
            () => Status.ThrowUnless(Status.DeviceError, Status.AlreadyStarted, "Start"));
        Assert.Equal("Start failed: device error", failure.Message);
        Assert.Same(FirmwareFailure.ServiceFailed, failure.Kind);
    }
}
