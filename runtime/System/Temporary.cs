// Stands in for the library until it lands; delete this file then.
#pragma warning disable CS8618
using System.Runtime.CompilerServices;
namespace System
{
    public partial class String
    {
        public static bool IsNullOrEmpty(string? value) => value is null || value.Length == 0;
        public static string Concat(string? a, string? b) => a ?? "";
        public static string Concat(string? a, string? b, string? c) => a ?? "";
        public static string Concat(string? a, string? b, string? c, string? d) => a ?? "";
    }
    public readonly ref struct ReadOnlySpan<T>
    {
        internal readonly ref T _reference;
        private readonly int _length;
        public ReadOnlySpan(T[]? array) { }
        public ReadOnlySpan(T[]? array, int start, int length) { }
        public unsafe ReadOnlySpan(void* pointer, int length) { _reference = ref Unsafe.AsRef<T>(pointer); _length = length; }
        public int Length => _length;
        public ref readonly T this[int index] => ref Unsafe.Add(ref _reference, index);
        public ref readonly T GetPinnableReference() => ref _reference;
    }
    public readonly struct ValueTuple<T1, T2>(T1 a, T2 b) { public readonly T1 Item1 = a; public readonly T2 Item2 = b; }
    public delegate void Action();
    public readonly struct Index { }
    public readonly struct Range { public (int Offset, int Length) GetOffsetAndLength(int length) => (0, 0); }
}
