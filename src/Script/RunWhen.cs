namespace Bootlace.Script;

/// <summary>When a command of a line runs, by the operator before it.</summary>
public enum RunWhen
{
    /// <summary>The first command, or after <c>;</c>.</summary>
    Always,
    /// <summary>After <c>&amp;&amp;</c>: if the last command run succeeded.</summary>
    Succeeded,
    /// <summary>After <c>||</c>: if the last command run failed.</summary>
    Failed,
}
