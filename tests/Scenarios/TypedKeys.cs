namespace Bootlace.Scenarios;

/// <summary>What a terminal sends for the keys that are no letters.</summary>
public static class TypedKeys
{
    public const string Enter = "\r", Backspace = "\b", CtrlB = "\u0002", CtrlC = "\u0003", CtrlN = "\u000e",
        CtrlX = "\u0018";
    public const string Up = "\e[A", Down = "\e[B", Left = "\e[D", Home = "\e[H", End = "\e[F", PageUp = "\e[5~",
        PageDown = "\e[6~", Insert = "\e[2~", Delete = "\e[3~", F5 = "\e[15~";
    public const string CtrlLeft = "\e[1;5D", ShiftUp = "\e[1;2A", LinuxHome = "\e[1~";

    /// <summary>A sequence that is longer than any there is, and has no end.</summary>
    public const string Noise = "\e[1111111111111111";
}
