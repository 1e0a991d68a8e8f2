using System;
using Bootlace.Script;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>Scripts as files: as they are, or inside a MIME message (spec/ipxe-compat.md 1.1).</summary>
internal static class ScriptFile
{
    /// <summary>Whether a file is to be run as a script: that it can be is not sure where it is a message.</summary>
    public static bool Recognises(ImageContent file)
    {
        if (ScriptSource.IsScript(file.Head)) return true;
        return MimeScript.MayBegin(file.Head) && file.ReceivedBytes <= MimeScript.MessageBytesMax
            && MimeScript.Recognises(file.ToContiguous().Span);
    }

    /// <summary>Reads a script.</summary>
    /// <param name="file">What was recognised.</param>
    /// <param name="name">What it is called in messages, as <see cref="ByteText"/>.</param>
    /// <exception cref="BootFailure">It is a message with no script in it.</exception>
    public static ScriptSource Read(ImageContent file, string name)
    {
        ReadOnlySpan<byte> bytes = file.ToContiguous().Span;
        if (ScriptSource.IsScript(bytes)) return new ScriptSource(name, ByteText.FromBytes(bytes));
        return new ScriptSource(name, ByteText.FromBytes(Unwrap(bytes, name)));
    }

    /// <summary>Takes a script out of its message.</summary>
    /// <param name="message">What was recognised, and is no script as it is.</param>
    /// <param name="name">What it is called in messages, as <see cref="ByteText"/>.</param>
    /// <exception cref="BootFailure">There is no script in it.</exception>
    public static byte[] Unwrap(ReadOnlySpan<byte> message, string name)
    {
        if (MimeScript.TryRead(message, out byte[] script, out ParseError error) && ScriptSource.IsScript(script))
            return script;
        throw new BootFailure(ImageFailure.NoScriptInMessage, $"{ByteText.ToUnicode(name)}: {Describe(error)}");
    }

    private static string Describe(ParseError error) => error switch
    {
        ParseError.BadOption => "the message says multipart, but not where its parts end",
        ParseError.BadCode => "the script is in an encoding that is not known, or damaged",
        ParseError.TooMany => "the message has too many lines or parts",
        _ => "the message has no script in it",
    };
}
