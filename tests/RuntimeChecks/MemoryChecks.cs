using System;
using System.Buffers;
using System.Runtime.InteropServices;

namespace Bootlace.RuntimeChecks;

/// <summary>Memory, its owners and buffer writers.</summary>
internal static class MemoryChecks
{
    public static void Register(CheckList list)
    {
        list.Group("Memory");
        list.Add("slices share the array", () =>
        {
            byte[] array = [1, 2, 3, 4];
            Memory<byte> memory = array.AsMemory(1, 2);
            memory.Span[0] = 9;
            Expect.That(array[1] == 9 && memory.Length == 2 && memory.Slice(1).Span[0] == 3);
        });
        list.Add("slice outside", () => Expect.Throws<ArgumentOutOfRangeException>(() =>
            GC.KeepAlive(new byte[4].AsMemory(1, 2).Slice(1, 2).Length)));
        list.Add("of a string", () => Expect.Equal("bc", "abcd".AsMemory(1, 2).ToString()));
        list.Add("equality is by place", () =>
        {
            byte[] array = [1, 2, 3];
            Expect.That(array.AsMemory(1).Equals(array.AsMemory(1)) && !array.AsMemory(1).Equals(array.AsMemory(2))
                && !array.AsMemory().Equals(new byte[] { 1, 2, 3 }));
        });
        list.Add("CopyTo and TryCopyTo", () =>
        {
            var target = new byte[2];
            new byte[] { 7, 8 }.AsMemory().CopyTo(target);
            Expect.That(target[1] == 8 && !new byte[3].AsMemory().TryCopyTo(target));
        });
        list.Add("of a manager", () =>
        {
            using var manager = new FixedBlock(8);
            Memory<byte> memory = ((IMemoryOwner<byte>)manager).Memory.Slice(2, 4);
            memory.Span.Fill(5);
            Expect.Sequence<byte>([0, 0, 5, 5, 5, 5, 0, 0], manager.GetSpan());
            Expect.That(MemoryMarshal.TryGetMemoryManager<byte, FixedBlock>(memory, out FixedBlock? found)
                && found == manager);
            Expect.That(!MemoryMarshal.TryGetArray((ReadOnlyMemory<byte>)memory, out _));
        });
        list.Add("TryGetArray", () =>
            Expect.That(MemoryMarshal.TryGetArray((ReadOnlyMemory<byte>)new byte[4].AsMemory(1, 2),
            out ArraySegment<byte> segment)
            && segment.Offset == 1 && segment.Count == 2));
        list.Add("disposing a manager by its interface", () =>
        {
            var manager = new FixedBlock(1);
            ((IDisposable)manager).Dispose();
            Expect.That(manager.IsDisposed);
        });
        list.Add("ArrayBufferWriter", () =>
        {
            var writer = new ArrayBufferWriter<byte>();
            for (int i = 0; i < 1000; i++)
            {
                writer.GetSpan(3)[0] = (byte)i;
                writer.Advance(1);
            }
            writer.Write((ReadOnlySpan<byte>)[1, 2, 3]);
            Expect.That(writer.WrittenCount == 1003 && writer.WrittenSpan[999] == unchecked((byte)999)
                && writer.WrittenMemory.Span[1002] == 3);
            Expect.Throws<InvalidOperationException>(() => writer.Advance(writer.FreeCapacity + 1));
        });
        list.Add("ArraySegment", () =>
        {
            var segment = new ArraySegment<int>([1, 2, 3, 4], 1, 2);
            int sum = 0;
            foreach (int item in segment) sum += item;
            Expect.That(sum == 5 && segment[1] == 3 && segment.Slice(1).Count == 1);
            Expect.Throws<ArgumentException>(() => new ArraySegment<int>([1], 1, 1));
        });
        list.Add("empty memory", () => Expect.That(Memory<byte>.Empty.IsEmpty
            && default(ReadOnlyMemory<char>).Span.IsEmpty && default(ReadOnlyMemory<char>).ToString() == ""));
    }

    private sealed class FixedBlock(int length) : MemoryManager<byte>
    {
        private readonly byte[] _bytes = new byte[length];

        public bool IsDisposed { get; private set; }

        public override Span<byte> GetSpan() => _bytes;

        public override MemoryHandle Pin(int elementIndex = 0) => _bytes.AsMemory(elementIndex).Pin();

        public override void Unpin() { }

        protected override void Dispose(bool disposing) => IsDisposed = disposing;
    }
}
