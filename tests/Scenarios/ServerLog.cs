using System.IO;
using System.Threading.Tasks;

namespace Bootlace.Scenarios;

/// <summary>Logs of servers that still run and hold their log open.</summary>
public static class ServerLog
{
    /// <summary>What the log holds now.</summary>
    public static async Task<string> ReadAsync(string path)
    {
        await using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using StreamReader reader = new(file);
        return await reader.ReadToEndAsync();
    }
}
