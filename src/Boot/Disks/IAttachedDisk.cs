namespace Bootlace.Boot;

/// <summary>A disk of ours that the firmware can see.</summary>
public interface IAttachedDisk
{
    /// <summary>Takes it away from the firmware; the disk itself stays open. Harmless the second time.</summary>
    void Detach();
}
