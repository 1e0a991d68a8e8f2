using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Bootlace.RuntimeChecks;

/// <summary>Dictionary and HashSet, also against lists searched from end to end.</summary>
internal static class DictionaryChecks
{
    public static void Register(CheckList list)
    {
        list.Group("Dictionary and HashSet");
        list.Add("add, find, replace, remove", () =>
        {
            var map = new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 };
            map["a"] = 10;
            Expect.That(map["a"] == 10 && map.Count == 2 && map.ContainsKey("b") && map.Remove("b") && !map.Remove("b")
                && map.Count == 1);
        });
        list.Add("a missing key", () =>
            Expect.Throws<KeyNotFoundException>(() => GC.KeepAlive(new Dictionary<string, int>()["x"])));
        list.Add("adding twice", () =>
            Expect.Throws<ArgumentException>(() => new Dictionary<int, int> { { 1, 1 }, { 1, 2 } }));
        list.Add("a null key", () =>
            Expect.Throws<ArgumentNullException>(() => new Dictionary<string, int>().TryGetValue(null!, out _)));
        list.Add("TryGetValue and TryAdd", () =>
        {
            var map = new Dictionary<int, string>();
            Expect.That(map.TryAdd(1, "a") && !map.TryAdd(1, "b") && map.TryGetValue(1, out string? text) && text == "a"
                && !map.TryGetValue(2, out text) && text is null);
        });
        list.Add("walks in the order of insertion", () =>
        {
            var map = new Dictionary<string, int> { ["z"] = 1, ["a"] = 2, ["m"] = 3 };
            Expect.Equal("z a m", string.Join(' ', map.Keys));
            Expect.Equal("1 2 3", string.Join(' ', map.Values));
        });
        list.Add("a freed place is used again", () =>
        {
            var map = new Dictionary<string, int> { ["z"] = 1, ["a"] = 2, ["m"] = 3 };
            map.Remove("a");
            map["n"] = 4;
            Expect.Equal("z n m", string.Join(' ', map.Keys));
        });
        list.Add("removing while walking", () =>
        {
            var map = new Dictionary<int, int>();
            for (int i = 0; i < 100; i++) map[i] = i;
            foreach (KeyValuePair<int, int> pair in map)
            {
                if (pair.Key % 3 != 0) map.Remove(pair.Key);
            }
            Expect.Equal(34, map.Count);
        });
        list.Add("adding while walking fails", () => Expect.Throws<InvalidOperationException>(() =>
        {
            var map = new Dictionary<int, int> { [1] = 1 };
            foreach (KeyValuePair<int, int> pair in map) map[pair.Key + 1] = 0;
        }));
        list.Add("keys ignoring case", () =>
        {
            var map = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["Net0/IP"] = 1 };
            Expect.That(map["net0/ip"] == 1 && !map.ContainsKey("net1/ip"));
        });
        list.Add("struct, tuple and enum keys", () =>
        {
            var places = new Dictionary<(int, string), int> { [(1, "a")] = 5 };
            var days = new Dictionary<DayOfMine, string> { [DayOfMine.Late] = "late" };
            Expect.That(places[(1, "a")] == 5 && !places.ContainsKey((1, "b")) && days[DayOfMine.Late] == "late"
                && !days.ContainsKey(DayOfMine.Early));
        });
        list.Add("keys with equal hash codes", () =>
        {
            var map = new Dictionary<Clash, int>();
            for (int i = 0; i < 50; i++) map[new Clash(i)] = i;
            for (int i = 0; i < 50; i += 2) map.Remove(new Clash(i));
            Expect.That(map.Count == 25 && map[new Clash(49)] == 49 && !map.ContainsKey(new Clash(48)));
        });
        list.Add("object keys by identity", () =>
        {
            object a = new(), b = new();
            var map = new Dictionary<object, int> { [a] = 1, [b] = 2 };
            Expect.That(map[a] == 1 && map[b] == 2 && !map.ContainsKey(new object()));
        });
        list.Add("10000 entries", () =>
        {
            var map = new Dictionary<int, int>();
            for (int i = 0; i < 10_000; i++) map.Add(i * 64, i);
            for (int i = 0; i < 10_000; i++) Expect.Equal(i, map[i * 64]);
            map.Clear();
            Expect.That(map.Count == 0 && !map.ContainsKey(0));
        });
        list.Add("deconstruction of pairs", () =>
        {
            foreach ((string key, int value) in new Dictionary<string, int> { ["k"] = 7 }) Expect.That(key == "k"
                && value == 7);
        });
        list.Add("by interface", () =>
        {
            IReadOnlyDictionary<string, int> map = new Dictionary<string, int> { ["a"] = 1 };
            Expect.That(map.Count == 1 && map.GetValueOrDefault("a") == 1 && map.GetValueOrDefault("b", -1) == -1);
        });
        list.Add("GetValueRefOrAddDefault", () =>
        {
            var map = new Dictionary<string, int>();
            CollectionsMarshal.GetValueRefOrAddDefault(map, "a", out bool existed)++;
            CollectionsMarshal.GetValueRefOrAddDefault(map, "a", out bool existedThen)++;
            Expect.That(!existed && existedThen && map["a"] == 2);
        });
        list.Add("Remove gives the value", () =>
            Expect.That(new Dictionary<int, string> { [3] = "c" }.Remove(3, out string? value) && value == "c"));
        list.Add("random use against a list", RandomUse);
        list.Add("set: Add, Contains, Remove", () =>
        {
            var set = new HashSet<string?>();
            Expect.That(set.Add("a") && !set.Add("a") && set.Add(null) && set.Contains(null) && set.Count == 2
                && set.Remove("a") && !set.Contains("a"));
        });
        list.Add("set: union, intersection, difference", () =>
        {
            var set = new HashSet<int> { 1, 2, 3 };
            set.UnionWith([3, 4]);
            set.IntersectWith([2, 3, 4, 5]);
            set.ExceptWith([3]);
            Expect.That(set.SetEquals([4, 2]) && set.Overlaps([2]) && set.IsSubsetOf([2, 4, 6])
                && set.IsSupersetOf([4]));
        });
        list.Add("set: with a comparer", () =>
            Expect.Equal(1, new HashSet<string>(["A", "a"], StringComparer.OrdinalIgnoreCase).Count));
        list.Add("set: RemoveWhere and order", () =>
        {
            var set = new HashSet<int> { 5, 1, 4, 2 };
            Expect.Equal(2, set.RemoveWhere(item => item > 3));
            Expect.Equal("1 2", string.Join(' ', set));
        });
    }

    private enum DayOfMine { Early, Late }

    private readonly struct Clash(int value) : IEquatable<Clash>
    {
        private readonly int _value = value;

        public bool Equals(Clash other) => _value == other._value;

        public override bool Equals(object? obj) => obj is Clash other && Equals(other);

        public override int GetHashCode() => 42;
    }

    private static void RandomUse()
    {
        var dice = new Dice(71);
        var map = new Dictionary<string, int>();
        var plain = new List<(string Key, int Value)>();
        for (int i = 0; i < 3000; i++)
        {
            string key = dice.Text("abc", 4);
            int at = plain.FindIndex(entry => entry.Key == key);
            Expect.Equal(at >= 0, map.TryGetValue(key, out int value));
            if (at >= 0) Expect.Equal(plain[at].Value, value);
            if (dice.Next(3) == 0)
            {
                Expect.Equal(at >= 0, map.Remove(key));
                if (at >= 0) plain.RemoveAt(at);
            }
            else
            {
                map[key] = i;
                if (at >= 0) plain[at] = (key, i);
                else plain.Add((key, i));
            }
            Expect.Equal(plain.Count, map.Count);
        }
    }
}
