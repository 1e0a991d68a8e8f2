using System.IO;
using System.Threading.Tasks;

namespace Bootlace.Harness;

/// <summary>What a server prints, kept in a file while it runs.</summary>
internal static class ProcessLog
{
    /// <summary>Copies both of its streams into a file, until they end.</summary>
    public static void Follow(ChildProcess server, string path)
    {
        FileStream file = new(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
        Task copying = Task.WhenAll(CopyAsync(server.Output, file), CopyAsync(server.Errors, file));
        copying.ContinueWith(_ => file.Dispose(), TaskScheduler.Default);
    }

    private static async Task CopyAsync(Stream source, FileStream target)
    {
        byte[] buffer = new byte[4096];
        int count;
        while ((count = await source.ReadAsync(buffer)) > 0)
            lock (target)
            {
                target.Write(buffer, 0, count);
                target.Flush();
            }
    }
}
