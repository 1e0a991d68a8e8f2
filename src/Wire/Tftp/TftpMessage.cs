using System;

namespace Bootlace.Wire;

/// <summary>Writes TFTP packets. Each member returns the packet's length.</summary>
public static class TftpMessage
{
    /// <summary>Writes a read request in octet mode. False if the name holds a NUL or the packet does not fit the
    /// target.
    /// </summary>
    public static bool TryEmitReadRequest(
        Span<byte> target, string fileName, in TftpOptions options, out int countBytes)
    {
        BigEndian.WriteU16(target, 0, TftpOpcode.ReadRequest.Value);
        countBytes = 2;
        return TftpOptions.TryEmitText(target, ref countBytes, fileName)
            && TftpOptions.TryEmitText(target, ref countBytes, "octet")
            && options.TryEmit(target, ref countBytes);
    }

    /// <summary>Writes the header of a block; the data follow it.</summary>
    public static int EmitDataHeader(Span<byte> target, ushort block)
    {
        BigEndian.WriteU16(target, 0, TftpOpcode.Data.Value);
        BigEndian.WriteU16(target, 2, block);
        return TftpView.DataHeaderBytes;
    }

    /// <summary>Writes an acknowledgement.</summary>
    public static int EmitAck(Span<byte> target, ushort block)
    {
        BigEndian.WriteU16(target, 0, TftpOpcode.Ack.Value);
        BigEndian.WriteU16(target, 2, block);
        return 4;
    }

    /// <summary>Writes an acknowledgement of options: what a server does.</summary>
    public static int EmitOptionAck(Span<byte> target, in TftpOptions options)
    {
        BigEndian.WriteU16(target, 0, TftpOpcode.OptionAck.Value);
        int countBytes = 2;
        Check.That(options.TryEmit(target, ref countBytes));
        return countBytes;
    }

    /// <summary>Writes an error; the text is ours, short and without NUL.</summary>
    public static int EmitError(Span<byte> target, TftpErrorCode code, string text)
    {
        BigEndian.WriteU16(target, 0, TftpOpcode.Error.Value);
        BigEndian.WriteU16(target, 2, code.Value);
        int countBytes = 4;
        Check.That(TftpOptions.TryEmitText(target, ref countBytes, text));
        return countBytes;
    }
}
