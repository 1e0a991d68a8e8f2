namespace Internal.Runtime;

/// <summary>What one 16 KiB page of the arena holds.</summary>
internal struct HeapPage
{
    public const byte Free = 0;
    /// <summary>Cells of one size.</summary>
    public const byte Small = 1;
    /// <summary>The first page of one large object.</summary>
    public const byte Large = 2;
    /// <summary>A further page of a large object.</summary>
    public const byte Rest = 3;

    public byte Kind;
    /// <summary>Small: index into the cell sizes.</summary>
    public byte SizeClass;
    /// <summary>Small: dead cells still look alive until the page is swept.</summary>
    public bool NeedsSweep;
    /// <summary>Large: pages of the object. Rest: distance to its first page.</summary>
    public int Count;
}
