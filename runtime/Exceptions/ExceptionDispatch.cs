using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Internal.Runtime;

/// <summary>One exception under way. The first pass walks the stack for a clause that takes it, running filters; the
/// second walks the same way again, running the finally blocks below that clause, and enters it. Handlers run on top of
/// the walk that called them, so an exception inside a handler finds, at the stub that called it, the dispatch it
/// belongs to, and goes on from the frame that dispatch had come to.</summary>
internal unsafe struct ExceptionDispatch
{
    private const int NoClause = -1;

    private ExceptionDispatch* _outer;    // whose handler we were thrown in
    private nint _exception;              // the reference; the stack keeps it alive
    private RegisterFile _frame;          // whose handler runs
    private int _clause;                  // which one
    private nuint _filterStack;           // the stub's stack pointer while a filter runs

    // What the first pass found.
    private nuint _catchSp;
    private int _catchClause;
    private bool _failsFilter;            // nobody, but a filter ends here

    [RuntimeImport("*", "CallCatch")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void CallCatch(nint exception, byte* handler, RegisterFile* frame, ExceptionDispatch* outer);

    [RuntimeImport("*", "CallFinally")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void CallFinally(byte* handler, RegisterFile* frame);

    [RuntimeImport("*", "CallFilter")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern int CallFilter(nint exception, byte* filter, RegisterFile* frame, nuint* stubStack);

    [RuntimeImport("*", "FailFilter")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void FailFilter(nuint stubStack);

    [RuntimeImport("*", "CatchReturn")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void CatchReturn();

    [RuntimeImport("*", "FinallyReturn")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void FinallyReturn();

    [RuntimeImport("*", "FilterReturn")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void FilterReturn();

    [RuntimeImport("*", "CurrentDispatch")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void CurrentDispatch();

    // In Assembly/, because what follows a catch block resets it.
    private static ref ExceptionDispatch* Current => ref *(ExceptionDispatch**)(delegate*<void>)&CurrentDispatch;

    /// <summary>`throw`: entered from the stub with the registers at the throw.</summary>
    [RuntimeExport("ThrowException")]
    private static void Throw(Exception? exception, RegisterFile* site)
    {
        exception ??= new NullReferenceException();
        exception.Trace = default;
        Dispatch(exception, site);
    }

    /// <summary>`throw;`: the exception of the catch block that runs. The stub passes the registers second, as for a
    /// throw.</summary>
    [RuntimeExport("RethrowException")]
    private static void Rethrow(nint unused, RegisterFile* site)
    {
        nint exception = Current->_exception;
        Dispatch(*(Exception*)&exception, site);
    }

    private static void Dispatch(Exception exception, RegisterFile* site)
    {
        OwnStack.Check();
        ExceptionDispatch dispatch = default;
        dispatch._outer = Current;
        dispatch._exception = *(nint*)&exception;
        Current = &dispatch;
        if (!dispatch.FindHandler(exception, site)) Crash.Unhandled(exception);
        dispatch.RunHandlers(site);
    }

    private bool FindHandler(Exception exception, RegisterFile* site)
    {
        var walk = new StackWalk(site, _outer);
        bool stops = exception is FailFastException;   // nobody gets to see it: the walk is for its trace
        while (true)
        {
            if (walk.TryFunction(out FunctionTable.Function function))
            {
                exception.Trace.Add(walk.Frame.Ip);
                if (!stops && function.ExceptionInfo != null && FindClause(exception, ref walk, function)) return true;
                walk.Unwind(function);
                continue;
            }
            if (!stops && walk.Frame.Ip == (nuint)(delegate*<void>)&FilterReturn)
            {
                _failsFilter = true;
                return true;
            }
            if (!walk.TryCrossHandler()) return false;
        }
    }

    private bool FindClause(Exception exception, ref StackWalk walk, in FunctionTable.Function function)
    {
        var clauses = new ExceptionClauses(function.ExceptionInfo);
        while (clauses.MoveNext())
        {
            if (walk.Skips(in clauses) || !clauses.Covers(function.CallOffset)) continue;
            bool takes = clauses.Kind switch
            {
                ExceptionClauses.Typed => Assignability.DerivesFrom(exception.m_pEEType, clauses.Type),
                ExceptionClauses.Filter => RunFilter(ref walk, function, in clauses),
                _ => false,
            };
            if (!takes) continue;
            _catchSp = walk.Frame.Sp;
            _catchClause = clauses.Index;
            return true;
        }
        return false;
    }

    private bool RunFilter(ref StackWalk walk, in FunctionTable.Function function, in ExceptionClauses clause)
    {
        _frame = walk.Frame;
        _clause = clause.Index;
        byte* code = FunctionTable.ImageBase + function.RootRva + clause.FilterCode;
        fixed (RegisterFile* frame = &_frame)
        fixed (nuint* stubStack = &_filterStack)
            return CallFilter(_exception, code, frame, stubStack) != 0;
    }

    private void RunHandlers(RegisterFile* site)
    {
        var walk = new StackWalk(site, _outer);
        while (true)
        {
            if (walk.TryFunction(out FunctionTable.Function function))
            {
                if (function.ExceptionInfo != null) RunClauses(ref walk, function);
                walk.Unwind(function);
                continue;
            }
            if (_failsFilter && walk.Frame.Ip == (nuint)(delegate*<void>)&FilterReturn)
            {
                Current = walk.Outer;
                FailFilter(walk.Outer->_filterStack);
            }
            walk.TryCrossHandler();
            _outer = walk.Outer;   // that one has been overtaken
        }
    }

    private void RunClauses(ref StackWalk walk, in FunctionTable.Function function)
    {
        bool catchesHere = !_failsFilter && walk.Frame.Sp == _catchSp;
        var clauses = new ExceptionClauses(function.ExceptionInfo);
        while (clauses.MoveNext())
        {
            bool skips = walk.Skips(in clauses);
            byte* handler = FunctionTable.ImageBase + function.RootRva + clauses.Handler;
            if (catchesHere && clauses.Index == _catchClause)
            {
                EnterHandlers(ref walk, clauses.Index);
                fixed (RegisterFile* frame = &_frame) CallCatch(_exception, handler, frame, _outer);
            }
            if (skips || clauses.Kind != ExceptionClauses.Fault || !clauses.Covers(function.CallOffset)) continue;
            EnterHandlers(ref walk, clauses.Index);
            fixed (RegisterFile* frame = &_frame) CallFinally(handler, frame);
        }
    }

    private void EnterHandlers(ref StackWalk walk, int clause)
    {
        _frame = walk.Frame;
        _clause = clause;
    }

    /// <summary>The frames from a throw outwards.</summary>
    private ref struct StackWalk
    {
        public RegisterFile Frame;
        /// <summary>Whose handler the walk will come to next.</summary>
        public ExceptionDispatch* Outer;
        private int _skipThrough;   // clauses of this frame that are done with
        private uint _skipStart, _skipLength;

        public StackWalk(RegisterFile* site, ExceptionDispatch* outer)
        {
            Frame = *site;
            Outer = outer;
            _skipThrough = NoClause;
        }

        public readonly bool TryFunction(out FunctionTable.Function function) =>
            FunctionTable.TryFind(Frame.Ip, out function);

        public void Unwind(in FunctionTable.Function function)
        {
            if (X86Base.IsSupported) X64Unwinder.Unwind(function.UnwindInfo, ref Frame);
            else Arm64Unwinder.Unwind(function.UnwindInfo, ref Frame);
            _skipThrough = NoClause;
        }

        /// <summary>At the stub that called a handler: goes on in the frame the handler belongs to, behind its clause.
        /// </summary>
        public bool TryCrossHandler()
        {
            if (Frame.Ip != (nuint)(delegate*<void>)&CatchReturn && Frame.Ip != (nuint)(delegate*<void>)&FinallyReturn)
                return false;
            Frame = Outer->_frame;
            _skipThrough = Outer->_clause;
            Outer = Outer->_outer;
            return true;
        }

        /// <summary>True for the clause that ran and those before it, and for those beside it: of the same try block.
        /// </summary>
        public bool Skips(in ExceptionClauses clause)
        {
            if (_skipThrough == NoClause) return false;
            if (clause.Index <= _skipThrough)
            {
                _skipStart = clause.Start;
                _skipLength = clause.Length;
                return true;
            }
            if (clause.Start == _skipStart && clause.Length == _skipLength) return true;
            _skipThrough = NoClause;   // the compiler puts a mark between blocks that only look the same
            return false;
        }
    }
}
