namespace Bootlace.Wire;

/// <summary>What stands in the structure of a device tree (Devicetree Specification 0.4, section 5.4.1).</summary>
internal enum DeviceTreeToken : uint
{
    /// <summary>A node begins; its name follows.</summary>
    BeginNode = 1,
    /// <summary>The innermost node ends.</summary>
    EndNode = 2,
    /// <summary>A property of the innermost node; its length, its name and its value follow.</summary>
    Property = 3,
    /// <summary>Nothing.</summary>
    Nothing = 4,
    /// <summary>The tree ends.</summary>
    End = 9,
}
