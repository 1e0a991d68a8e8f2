using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Bootlace.Harness;

/// <summary>What initiators asked of a target, read from the debugging output of tgtd.</summary>
public sealed partial class TargetActivity
{
    // SCSI operation codes (SBC-4): READ (10) and (16), WRITE (10) and (16), SYNCHRONIZE CACHE (10) and (16).
    private static readonly int[] ReadCodes = [0x28, 0x88], WriteCodes = [0x2A, 0x8A], FlushCodes = [0x35, 0x91];

    private readonly Dictionary<int, int> _commands = [];
    private int _logins;
    private int _pings;

    /// <summary>Logins that came to the full feature phase.</summary>
    public int Logins
    {
        get
        {
            lock (_commands)
                return _logins;
        }
    }

    /// <summary>Answers to the target's pings.</summary>
    public int Pings
    {
        get
        {
            lock (_commands)
                return _pings;
        }
    }

    /// <summary>Read commands.</summary>
    public int Reads => Sum(ReadCodes);

    /// <summary>Write commands.</summary>
    public int Writes => Sum(WriteCodes);

    /// <summary>Commands that make the target write its cache to the medium.</summary>
    public int Flushes => Sum(FlushCodes);

    /// <summary>Takes a line of the daemon's output into account.</summary>
    /// <returns>Whether it was a login, a ping, or a command that does not just move data.</returns>
    internal bool Count(string line)
    {
        if (line.Contains("it_nexus_create", StringComparison.Ordinal))
        {
            lock (_commands)
                _logins++;
            return true;
        }

        if (line.Contains("iscsi_noop_out_rx_start", StringComparison.Ordinal))
        {
            lock (_commands)
                _pings++;
            return true;
        }

        Match match = Command().Match(line);
        if (!match.Success)
            return false;
        int code = int.Parse(match.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        lock (_commands)
            _commands[code] = _commands.GetValueOrDefault(code) + 1;
        return Array.IndexOf(ReadCodes, code) < 0 && Array.IndexOf(WriteCodes, code) < 0;
    }

    /// <summary>Whether a person who looks for a failure wants to see this line of debugging output: what every single
    /// command leaves behind is too much.</summary>
    internal static bool IsWorthLogging(string line) => !Chatter().IsMatch(line);

    private int Sum(int[] codes)
    {
        lock (_commands)
        {
            int sum = 0;
            foreach (int code in codes)
                sum += _commands.GetValueOrDefault(code);
            return sum;
        }
    }

    [GeneratedRegex(@"iscsi_scsi_cmd_rx_start\(\d+\) \S+ ([0-9a-f]+) ")]
    private static partial Regex Command();

    [GeneratedRegex("iscsi_(task|data|r2t|scsi_cmd|rsp)_|target_cmd_|__cmd_done|bs_rdwr_|bs_thread|mtask_|cmd_hlist")]
    private static partial Regex Chatter();
}
