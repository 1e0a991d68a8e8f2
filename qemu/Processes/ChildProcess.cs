using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Harness;

/// <summary>A program that the harness started and always reaps: when it is disposed, when we exit, on Ctrl-C, and even
/// when we are killed outright. A QEMU whose harness died would otherwise run for ever.</summary>
public sealed class ChildProcess : IDisposable
{
    private static readonly ConcurrentDictionary<int, ChildProcess> s_living = new();
    private static readonly BlockingCollection<Action> s_starts = new();
    private static readonly PosixSignalRegistration[] s_signals = Prepare();

    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    /// <summary>The program's process id.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Its exit status; only after it has ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Its standard input, when redirected.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>Its standard output, when redirected.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>Its standard error, when redirected.</summary>
    public Stream Errors => _process.StandardError.BaseStream;

    /// <summary>Starts a program.</summary>
    /// <param name="program">Name, looked up in PATH.</param>
    /// <param name="arguments">Its arguments, one string each.</param>
    /// <param name="redirect">Whether we hold its standard streams; otherwise it shares ours.</param>
    /// <param name="folder">Working folder; ours when null.</param>
    /// <param name="environment">Variables to add.</param>
    /// <exception cref="HarnessException">There is no such program, or it cannot be started.</exception>
    public static ChildProcess Start(
        string program,
        IEnumerable<string> arguments,
        bool redirect = true,
        string? folder = null,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        program = ProgramPath.Require(program);
        bool linux = OperatingSystem.IsLinux();
        // The kernel kills the child when the thread that forked it ends, so one immortal thread does all the forking.
        string[] guard = linux ? ["--pdeathsig", "KILL", "--", program] : [];
        ProcessStartInfo start = new(linux ? "setpriv" : program, guard.Concat(arguments))
        {
            UseShellExecute = false,
            RedirectStandardInput = redirect,
            RedirectStandardOutput = redirect,
            RedirectStandardError = redirect,
            WorkingDirectory = folder ?? Environment.CurrentDirectory,
        };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;

        TaskCompletionSource<ChildProcess> started = new();
        s_starts.Add(() =>
        {
            try
            {
                Process process = Process.Start(start) ?? throw new HarnessException($"{program} did not start.");
                ChildProcess child = new(process);
                s_living[process.Id] = child;
                started.SetResult(child);
            }
            catch (Exception failure)
            {
                started.SetException(new HarnessException($"Cannot start {program}: {failure.Message}"));
            }
        });
        return started.Task.GetAwaiter().GetResult();
    }

    /// <summary>Completes when the program has ended.</summary>
    public Task WaitAsync(CancellationToken stop = default) => _process.WaitForExitAsync(stop);

    /// <summary>Waits until it has ended.</summary>
    /// <returns>Its exit status.</returns>
    public int Wait()
    {
        _process.WaitForExit();
        s_living.TryRemove(_process.Id, out _);
        return _process.ExitCode;
    }

    /// <summary>Ends it now, if it still runs, and waits until it is gone.</summary>
    public void Kill()
    {
        s_living.TryRemove(_process.Id, out _);
        if (_process.HasExited)
            return;
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit(5_000);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private static PosixSignalRegistration[] Prepare()
    {
        new Thread(() =>
        {
            foreach (Action start in s_starts.GetConsumingEnumerable())
                start();
        }) { IsBackground = true, Name = "starts all children" }.Start();

        AppDomain.CurrentDomain.ProcessExit += (_, _) => KillAll();
        PosixSignal[] deadly = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
        return [.. deadly.Select(signal => PosixSignalRegistration.Create(signal, _ => KillAll()))];
    }

    private static void KillAll()
    {
        foreach (ChildProcess child in s_living.Values)
            child.Kill();
    }
}
