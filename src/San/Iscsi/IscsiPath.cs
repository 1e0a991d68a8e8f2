namespace Bootlace.San;

/// <summary>A way to a disk that is open.</summary>
/// <param name="Options">Where it goes.</param>
/// <param name="Session">The session, in use.</param>
/// <param name="Traits">What the disk is like there.</param>
internal sealed record IscsiPath(IscsiOptions Options, IscsiSession Session, DiskTraits Traits);
