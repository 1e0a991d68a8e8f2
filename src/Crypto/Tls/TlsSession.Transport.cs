using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Bootlace.Crypto;

// The two heaps of bytes, and the callbacks by which the C library moves them.
public sealed unsafe partial class TlsSession
{
    private const int InputBytes = 20 * 1024;   // a record and its header, and what TCP brought behind it
    private const int OutputBytesAtFirst = 5 * 1024;
    private const int InputWithoutDataMax = 128 * 1024;   // a record is less than 17 KiB, a chain than 16
    private const int WantsRead = -0x6900, NewTicket = -0x7b00, CloseNotify = -0x7880;
    private const int Broken = -0x6c00;   // an internal error, as the library calls it

    // What C is given for a context: the place in this list.
    private static readonly List<TlsSession?> s_sessions = [];

    private readonly byte[] _input = new byte[InputBytes];
    private byte[] _output = new byte[OutputBytesAtFirst];
    private int _inputStart, _inputEnd, _outputEnd;
    private int _inputWithoutData;   // bytes that came since the last byte for whoever reads, or in the handshake
    private bool _isInputOver;
    private bool _isStarved;   // the last call asked for input that is not there

    /// <summary>Where the peer's bytes go; then say how many by <see cref="AddInput"/>. Never empty after a step that
    /// needs input.</summary>
    public Memory<byte> InputRoom
    {
        get
        {
            if (_inputStart > 0)
            {
                _input.AsSpan(_inputStart, _inputEnd - _inputStart).CopyTo(_input);
                _inputEnd -= _inputStart;
                _inputStart = 0;
            }
            return _input.AsMemory(_inputEnd);
        }
    }

    /// <summary>What is to be sent to the peer; then say so by <see cref="ClearOutput"/>.</summary>
    public ReadOnlyMemory<byte> Output => _output.AsMemory(0, _outputEnd);

    /// <summary>So many of the peer's bytes were written to <see cref="InputRoom"/>; 0: there are no more, ever.
    /// </summary>
    public void AddInput(int count)
    {
        _inputEnd += count;
        _inputWithoutData += count;
        _isInputOver |= count == 0;
    }

    /// <summary><see cref="Output"/> was sent, or taken to be sent.</summary>
    public void ClearOutput() => _outputEnd = 0;

    private static int Register(TlsSession session)
    {
        int free = s_sessions.IndexOf(null);
        if (free >= 0)
        {
            s_sessions[free] = session;
            return free;
        }
        s_sessions.Add(session);
        return s_sessions.Count - 1;
    }

    private static void Forget(int number) => s_sessions[number] = null;

    [UnmanagedCallersOnly]
    private static int Send(nint number, byte* bytes, nuint length)
    {
        try
        {
            s_sessions[(int)number]!.AddOutput(new ReadOnlySpan<byte>(bytes, checked((int)length)));
            return (int)length;
        }
        catch
        {
            return Broken;
        }
    }

    [UnmanagedCallersOnly]
    private static int Receive(nint number, byte* target, nuint length)
    {
        try
        {
            return s_sessions[(int)number]!.TakeInput(new Span<byte>(target, checked((int)length)));
        }
        catch
        {
            return Broken;
        }
    }

    private void AddOutput(ReadOnlySpan<byte> bytes)
    {
        if (_output.Length - _outputEnd < bytes.Length)
            Array.Resize(ref _output, Math.Max(2 * _output.Length, _outputEnd + bytes.Length));
        bytes.CopyTo(_output.AsSpan(_outputEnd));
        _outputEnd += bytes.Length;
    }

    /// <summary>0 says to the library that the connection is over.</summary>
    private int TakeInput(Span<byte> target)
    {
        int count = Math.Min(target.Length, _inputEnd - _inputStart);
        if (count == 0)
        {
            _isStarved = true;
            return _isInputOver ? 0 : WantsRead;
        }
        _input.AsSpan(_inputStart, count).CopyTo(target);
        _inputStart += count;
        if (_inputStart == _inputEnd) _inputStart = _inputEnd = 0;
        return count;
    }

    private void ClearBuffers()
    {
        Array.Clear(_input);
        Array.Clear(_output);
    }
}
