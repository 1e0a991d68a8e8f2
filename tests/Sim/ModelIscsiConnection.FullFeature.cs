namespace Bootlace.Tests.Sim;

public sealed partial class ModelIscsiConnection
{
    /// <summary>Handles a PDU of full feature phase; false: none that it knows.</summary>
    private bool HandleFullFeature(byte opcode, byte[] header, byte[] data) => false;
}
