using System;
using System.Collections.Generic;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.San;

/// <summary>The full feature phase of a session with one connection (RFC 7143 section 4.2): which PDU is to be sent
/// next, and what an arriving one means. It is told the time and does no I/O; what the target does against the
/// protocol is thrown as a <see cref="BootFailure"/> and ends the session, for there is no error recovery above level
/// 0.</summary>
internal sealed partial class FullFeaturePhase
{
    /// <summary>So many commands at the target and waiting together.</summary>
    public const int TasksMax = 16;

    /// <summary>Without a sign of progress for so long, a command counts as lost (spec/ipxe-compat.md 6.5).</summary>
    public static readonly Duration CommandTimeMax = Duration.FromSeconds(15);

    /// <summary>So long the target may take to end a command or the session on our request.</summary>
    public static readonly Duration RequestTimeMax = Duration.FromSeconds(5);

    // The low byte of a tag: below TasksMax a command's place in the table, else one of these. The rest is counted up,
    // so that a late answer does not meet another command.
    private const uint TaskRequestSlot = 0xf0, LogoutSlot = 0xf1, SlotMask = 0xff, GenerationMask = 0xff_ffff;
    private const int SlotBits = 8;

    private readonly IscsiParameters _parameters;
    private readonly string _target;
    private readonly ScsiTask?[] _atTarget = new ScsiTask?[TasksMax];
    private readonly Queue<ScsiTask> _waiting = new(TasksMax);
    private SeqNumber _cmdSn, _maxCmdSn, _expStatSn;
    private uint _generation;
    private Instant _progressAt;
    private bool _hasEnded;
    private ScsiTask? _writing;      // its memory is being read by the PDU that is on its way into the stream
    private TaskEnd _endOfWriting;   // it has ended meanwhile
    private ScsiTask? _unsolicited;  // its unsolicited data must go out before the next command
    private DoomedTask _doomed;
    private uint _requestTag = PduHeader.NoTag;        // of the last request about a command, or of the logout
    private Instant _requestDeadline = Instant.Never;  // when the answer to it has to be there
    private Instant _logoutBy = Instant.Never;
    private bool _isLogoutWanted, _isLogoutDue, _isLogoutSent;

    /// <param name="parameters">What the login has settled.</param>
    /// <param name="target">For messages.</param>
    public FullFeaturePhase(IscsiParameters parameters, string target)
    {
        _parameters = parameters;
        _target = target;
        (_cmdSn, _maxCmdSn, _expStatSn) = (parameters.CmdSn, parameters.MaxCmdSn, parameters.ExpStatSn);
    }

    /// <summary>Commands that the target has.</summary>
    public int AtTargetCount { get; private set; }

    /// <summary>There may be something to send.</summary>
    public bool HasWork { get; private set; }

    /// <summary>The target has answered our logout.</summary>
    public bool IsLoggedOut { get; private set; }

    /// <summary>How long to keep away when the session is over.</summary>
    public Duration ReopenAfter { get; private set; }

    /// <summary>PDUs that belonged to no command and were dropped.</summary>
    public int StrayPdus { get; private set; }

    /// <summary>When <see cref="Poll"/> is due.</summary>
    public Instant NextDeadline
    {
        get
        {
            Instant next = Instant.Earlier(_requestDeadline, _isLogoutDue ? Instant.Never : _logoutBy);
            return !_doomed.IsSet && Oldest() is { } oldest ? Instant.Earlier(next, DeadlineOf(oldest)) : next;
        }
    }

    /// <summary>Takes a command; it is sent as soon as the target's window allows. There must be room.</summary>
    public void Start(ScsiTask task, Instant now)
    {
        Check.That(AtTargetCount + _waiting.Count < TasksMax);
        task.Rewind(now);
        _waiting.Enqueue(task);
        HasWork = true;
    }

    /// <summary>The session shall end: no further command goes out, and when those at the target have ended, or at
    /// <paramref name="by"/>, we log out.</summary>
    public void AskForLogout(Instant by)
    {
        _isLogoutWanted = HasWork = true;
        _logoutBy = Instant.Earlier(_logoutBy, by);
    }

    /// <summary>Whether a command has ended since the last call.</summary>
    public bool TakeEnded()
    {
        bool hasEnded = _hasEnded;
        _hasEnded = false;
        return hasEnded;
    }

    /// <summary>The session is over: all commands are lost.</summary>
    public void EndAll()
    {
        if (_writing is { } written && _endOfWriting != TaskEnd.None) Publish(written, _endOfWriting);
        (_writing, _endOfWriting) = (null, TaskEnd.None);
        for (int i = 0; i < TasksMax; i++)
        {
            if (_atTarget[i] is { } task) End(task, TaskEnd.Lost);
        }
        while (_waiting.Count > 0) Publish(_waiting.Dequeue(), TaskEnd.Lost);
        HasWork = false;
    }

    /// <summary>Acts on deadlines. True if one had passed.</summary>
    public bool Poll(Instant now)
    {
        if (_requestDeadline <= now)
            throw new BootFailure(SanFailure.TargetSilent, $"The iSCSI target {_target} does not answer");
        if (_logoutBy <= now && !_isLogoutDue)
        {
            _isLogoutDue = HasWork = true;
            if (!_isLogoutSent) _requestDeadline = now + RequestTimeMax;
            return true;
        }
        if (_doomed.IsSet || Oldest() is not { } oldest || DeadlineOf(oldest) > now) return false;
        if (oldest.Tag == PduHeader.NoTag)
            throw new BootFailure(SanFailure.WindowClosed, $"The iSCSI target {_target} takes no commands");
        oldest.Timeouts++;
        _doomed = new DoomedTask(oldest);
        _requestDeadline = now + RequestTimeMax;
        HasWork = true;
        return true;
    }

    private Instant DeadlineOf(ScsiTask task) =>
        (task.StartedAt > _progressAt ? task.StartedAt : _progressAt) + CommandTimeMax;

    /// <summary>The command that has waited longest for its end. Those that have not been sent count only when the
    /// target has none: the window may be closed because of the ones it has.</summary>
    private ScsiTask? Oldest()
    {
        if (AtTargetCount == 0) return _waiting.Count > 0 ? _waiting.Peek() : null;
        ScsiTask? oldest = null;
        foreach (ScsiTask? task in _atTarget)
        {
            if (task is not null && (oldest is null || task.StartedAt < oldest.StartedAt)) oldest = task;
        }
        return oldest;
    }

    private uint NextTag(uint slot)
    {
        _generation = _generation + 1 & GenerationMask;
        uint tag = _generation << SlotBits | slot;
        return tag == PduHeader.NoTag ? NextTag(slot) : tag;
    }

    private ScsiTask? Find(uint tag)
    {
        uint slot = tag & SlotMask;
        ScsiTask? task = slot < TasksMax ? _atTarget[slot] : null;
        return task is not null && task.Tag == tag ? task : null;
    }

    /// <summary>The target is done with a command. Its owner may not have it back while a PDU of ours still reads its
    /// memory.</summary>
    private void End(ScsiTask task, TaskEnd end)
    {
        _atTarget[task.Tag & SlotMask] = null;
        AtTargetCount--;
        if (_unsolicited == task) _unsolicited = null;
        if (_doomed.Tag == task.Tag && !_doomed.IsSent) ForgetRequest();
        task.Bursts.Clear();
        if (_writing == task) _endOfWriting = end;
        else Publish(task, end);
        HasWork |= _waiting.Count > 0 || _isLogoutWanted;
    }

    private void Publish(ScsiTask task, TaskEnd end)
    {
        task.Tag = PduHeader.NoTag;
        task.End = end;
        _hasEnded = true;
    }

    private void ForgetRequest()
    {
        _doomed = default;
        _requestTag = PduHeader.NoTag;
        _requestDeadline = Instant.Never;
    }

    /// <summary>A command that the target is asked to end, because it is late.</summary>
    private struct DoomedTask(ScsiTask task)
    {
        public readonly bool IsSet = true;
        public readonly uint Tag = task.Tag;
        public readonly SeqNumber CmdSn = task.CmdSn;
        public readonly ulong Lun = task.Lun;

        /// <summary>The second time the whole logical unit is reset.</summary>
        public readonly bool MustReset = task.Timeouts > 1;

        public bool IsSent;

        /// <summary>A reset ends the commands before this number.</summary>
        public SeqNumber ResetCmdSn;
    }

    private BootFailure Broken(string how) =>
        new(SanFailure.ProtocolError, $"The iSCSI target {_target} broke the protocol: {how}");
}
