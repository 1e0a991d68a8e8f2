using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary>Runs scripts and lines. It is one of the three borders where failures are caught: what a command throws is
/// printed and becomes its status.</summary>
public sealed class Interpreter(CommandTable commands, SettingsStore settings, ITerminal terminal, IScriptClock clock)
{
    /// <summary>Scripts inside scripts. Menus that chain to each other without --replace go this deep.</summary>
    private const int NestingMax = 64;

    /// <summary>Commands that run commands: <c>time time time …</c> uses the machine's stack.</summary>
    private const int WrappingMax = 32;

    private readonly Stack<ScriptFrame> _frames = new();
    private int _wrapping;

    /// <summary>The settings that <c>${…}</c> reads.</summary>
    public SettingsStore Settings { get; } = settings;

    /// <summary>All commands, for help.</summary>
    public CommandTable Commands { get; } = commands;

    /// <summary>The code of the last command that failed; success does not clear it (spec/ipxe-compat.md
    /// 1.9).</summary>
    public uint ErrorNumber { get; private set; }

    /// <summary>The innermost level; null when nothing runs.</summary>
    public ScriptFrame? Frame => _frames.Count > 0 ? _frames.Peek() : null;

    /// <summary>Told of every command that runs; null: nobody asks.</summary>
    public IScriptTrace? Trace { get; set; }

    /// <summary>Runs a script to its end, or to the first line that fails. Ctrl-C between lines, by way of
    /// <paramref name="stop"/>, ends it.</summary>
    public async Task<ScriptEnd> RunScriptAsync(ScriptSource script, CancellationToken stop)
    {
        if (_frames.Count >= NestingMax) throw new BootFailure(ScriptFailure.NestedTooDeeply);
        var frame = new ScriptFrame(script);
        _frames.Push(frame);
        try
        {
            while (frame.TryNext(out ScriptLine line))
            {
                Status status = await RunScriptLineAsync(frame, line, stop);
                if (frame.Exit is { } exit) return new ScriptEnd(exit, frame.Replacement);
                if (!status.IsSuccess) return new ScriptEnd(Stopped(script, line, status), null);
            }
            return default;
        }
        finally
        {
            _frames.Pop();
        }
    }

    /// <summary>Runs one line that belongs to no script: typed, or the <c>scriptlet</c> setting. A Ctrl-C that is
    /// waiting stops the whole line, a later one the command that it meets.</summary>
    public async Task<Status> RunSingleLineAsync(string line, ScriptFrame shell)
    {
        if (_frames.Count >= NestingMax) throw new BootFailure(ScriptFailure.NestedTooDeeply);
        using Interruption interruption = terminal.BeginInterruptible();
        _frames.Push(shell);
        try
        {
            return await RunLineAsync(line, shell);
        }
        finally
        {
            _frames.Pop();
        }
    }

    private async ValueTask<Status> RunScriptLineAsync(ScriptFrame frame, ScriptLine line, CancellationToken stop)
    {
        // A script that only loops would otherwise never look at the keyboard.
        await clock.Delay(0, CancellationToken.None);
        if (stop.IsCancellationRequested) return Failed(ScriptFailure.Cancelled);
        if (line.IsUnfinished) return Failed(ScriptFailure.UnfinishedLine);
        return await RunLineAsync(line.Text, frame);
    }

    private async ValueTask<Status> RunLineAsync(string line, ScriptFrame frame)
    {
        Status status = Status.Success;
        foreach (LinePart part in CommandLine.Split(line))
        {
            if (part.When == RunWhen.Succeeded && !status.IsSuccess) continue;
            if (part.When == RunWhen.Failed && status.IsSuccess) continue;
            status = part.Words.Count == 0 ? Status.Success : await RunCommandAsync(part.Words);
            if (frame.IsLineAbandoned) break;
        }
        return status;
    }

    private async ValueTask<Status> RunCommandAsync(IReadOnlyList<string> words)
    {
        Status status;
        using Interruption interruption = terminal.BeginInterruptible();
        try
        {
            List<string> expanded = Expansion.ExpandAll(words, Settings);
            Trace?.Begin(expanded);
            status = await CallOnceAsync(expanded, interruption.Token);
        }
        catch (BootFailure failure)
        {
            Tell(failure);
            status = Status.Told(failure.Kind);
        }
        catch (OperationCanceledException)
        {
            status = Failed(ScriptFailure.Cancelled);
        }
        if (!status.IsSuccess) ErrorNumber = status.Code;
        Trace?.End(status);
        return status;
    }

    /// <summary>Calls a command for another one, by its name and words, which are expanded already.</summary>
    /// <exception cref="BootFailure">There is no such command, or it failed.</exception>
    public async ValueTask<Status> CallAsync(IReadOnlyList<string> words, CancellationToken stop)
    {
        if (_wrapping == WrappingMax)
            throw new BootFailure(ScriptFailure.NestedTooDeeply, "Commands are nested too deeply");
        _wrapping++;
        try
        {
            return await CallOnceAsync(words, stop);
        }
        finally
        {
            _wrapping--;
        }
    }

    private async ValueTask<Status> CallOnceAsync(IReadOnlyList<string> words, CancellationToken stop)
    {
        Command? command = Commands.Find(words[0]);
        if (command is null)
            throw new BootFailure(ScriptFailure.UnknownCommand, $"{ByteText.ToUnicode(words[0])}: command not found");
        CommandCall call;
        try
        {
            call = CommandCall.Parse(command, words, this);
        }
        catch (BootFailure)
        {
            ShowUsage(command);
            throw;
        }
        if (call.WantsHelp)
        {
            ShowUsage(command);
            return Status.Quietly(ScriptFailure.UsageShown);
        }
        if (call.Arguments.Count < command.ArgumentsMin || call.Arguments.Count > command.ArgumentsMax)
        {
            ShowUsage(command);
            throw new BootFailure(ScriptFailure.BadArgumentCount, $"{command.Name}: wrong number of arguments");
        }
        return await command.RunAsync(call, stop);
    }

    private void ShowUsage(Command command) => terminal.Write($"Usage: {command.Usage}\n");

    private Status Failed(FailureKind kind)
    {
        Tell(new BootFailure(kind));
        ErrorNumber = kind.Code;
        return Status.Told(kind);
    }

    private void Tell(BootFailure failure) => terminal.Write(ByteText.FromUnicode(failure.Describe()) + "\n");

    /// <summary>Says where a script gave up, and why unless that has been said.</summary>
    private Status Stopped(ScriptSource script, ScriptLine line, Status status)
    {
        string reason = status.Untold is { } kind ? ByteText.FromUnicode($": {new BootFailure(kind).Describe()}") : "";
        terminal.Write($"{script.Name} stopped at line {line.Number}{reason}\n");
        return status with { Untold = null };
    }
}
