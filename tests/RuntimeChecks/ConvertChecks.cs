using System;
using System.Buffers;

namespace Bootlace.RuntimeChecks;

/// <summary>Hexadecimal and base64, both ways.</summary>
internal static class ConvertChecks
{
    public static void Register(CheckList list)
    {
        list.Group("Convert");
        list.Add("to hex", () => Expect.That(Convert.ToHexString([0, 0x9a, 0xff]) == "009AFF"
            && Convert.ToHexStringLower([0, 0x9a, 0xff]) == "009aff" && Convert.ToHexString([]) == ""));
        list.Add("from hex", () => Expect.Sequence<byte>([0, 0x9a, 0xff], Convert.FromHexString("009aFF")));
        list.Add("from hex of odd length", () => Expect.Throws<FormatException>(() => Convert.FromHexString("abc")));
        list.Add("from hex of other characters", () =>
            Expect.Throws<FormatException>(() => Convert.FromHexString("0g")));
        list.Add("from hex in steps", () =>
        {
            Span<byte> room = stackalloc byte[2];
            Expect.Equal(OperationStatus.DestinationTooSmall,
                Convert.FromHexString("aabbcc", room, out int consumed, out int written));
            Expect.That(consumed == 4 && written == 2);
            Expect.Equal(OperationStatus.NeedMoreData, Convert.FromHexString("aab", room, out consumed, out written));
            Expect.That(consumed == 2 && written == 1);
            Expect.Equal(OperationStatus.InvalidData, Convert.FromHexString("aaxx", room, out consumed, out written));
            Expect.Equal((3, 1), (consumed, written));
        });
        string[] texts = ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"];
        for (int i = 0; i < texts.Length; i++)
        {
            int length = i;
            string text = texts[i];
            list.Add("RFC 4648 vector of " + length.ToString(), () =>
            {
                Expect.Equal(text, Convert.ToBase64String("foobar"u8[..length]));
                Expect.Sequence("foobar"u8[..length], Convert.FromBase64String(text));
            });
        }
        foreach (string bad in (string[])["Z", "Zg", "Zg=", "Zg===", "=Zg=", "Z=g=", "Zm9v!", "Zm9vYg==Zm9v"])
        {
            list.Add("base64 refuses '" + bad + "'", () =>
            {
                Expect.Throws<FormatException>(() => Convert.FromBase64String(bad));
                Expect.That(!Convert.TryFromBase64String(bad, new byte[20], out _));
            });
        }
        list.Add("base64 with white space", () =>
            Expect.Sequence("foobar"u8, Convert.FromBase64String(" Zm9v\r\n Ym\tFy ")));
        list.Add("base64 with all digits", () =>
            Expect.Equal("+/+/", Convert.ToBase64String(Convert.FromBase64String("+/+/"))));
        list.Add("base64 into too little", () => Expect.That(!Convert.TryFromBase64String("Zm9v", new byte[2], out _)));
        list.Add("base64 into exactly enough", () =>
            Expect.That(Convert.TryFromBase64String("Zm8=", new byte[2], out int written) && written == 2));
        list.Add("TryToBase64Chars", () =>
        {
            Span<char> room = stackalloc char[8];
            Expect.That(Convert.TryToBase64Chars("foo!"u8, room, out int written) && written == 8);
            Expect.That(!Convert.TryToBase64Chars("foobar!"u8, room, out _));
        });
        list.Add("numbers in a base", () =>
            Expect.That(Convert.ToInt32("ff", 16) == 255 && Convert.ToInt32("0xFF", 16) == 255
            && Convert.ToUInt32("11", 2) == 3 && Convert.ToInt32("-12", 10) == -12));
        list.Add("numbers in a base, wrong", () =>
        {
            Expect.Throws<FormatException>(() => Convert.ToInt32("fg", 16));
            Expect.Throws<OverflowException>(() => Convert.ToByte("100", 16));
        });
        list.Digest("base64 and hex of 500 byte strings", 0xff31af84b9ea5f57, digest =>
        {
            var dice = new Dice(101);
            for (int i = 0; i < 500; i++)
            {
                byte[] bytes = dice.Bytes(dice.Next(40));
                string base64 = Convert.ToBase64String(bytes);
                digest.Add(base64);
                digest.Add(Convert.FromBase64String(base64));
                digest.Add(Convert.ToHexString(bytes));
                digest.Add(Convert.FromHexString(Convert.ToHexStringLower(bytes)));
            }
        });
        list.Digest("3000 damaged base64 texts", 0x1819b432db533439, digest =>
        {
            var dice = new Dice(102);
            var room = new byte[64];
            for (int i = 0; i < 3000; i++)
            {
                string text = Convert.ToBase64String(dice.Bytes(dice.Next(9))).Insert(0, dice.Text("A= \n-", 2))
                    + dice.Text("=A ", 2);
                bool valid = Convert.TryFromBase64String(text, room, out int written);
                digest.Add(valid);
                if (valid) digest.Add(room.AsSpan(0, written));
            }
        });
    }}
