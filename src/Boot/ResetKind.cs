namespace Bootlace.Boot;

/// <summary>How <see cref="IFirmware.Reset"/> leaves.</summary>
public enum ResetKind
{
    /// <summary>Power cycle.</summary>
    Cold,
    /// <summary>Warm reset.</summary>
    Warm,
    /// <summary>Power off.</summary>
    Off,
    /// <summary>Into the firmware's set-up screen (OsIndications), then cold.</summary>
    Setup,
}
