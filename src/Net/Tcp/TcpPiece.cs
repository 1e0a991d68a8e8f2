using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>What the next segment carries.</summary>
/// <param name="Start">Sequence number of its first byte.</param>
/// <param name="Offset">Where that byte lies in the send buffer.</param>
/// <param name="LengthBytes">Bytes of data.</param>
/// <param name="HasFin">Our FIN follows the data.</param>
/// <param name="IsLast">Nothing more waits to be sent behind it.</param>
internal readonly record struct TcpPiece(SeqNumber Start, int Offset, int LengthBytes, bool HasFin, bool IsLast)
{
    public SeqNumber End => Start + LengthBytes + (HasFin ? 1 : 0);
}
