using System;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Transfer;

/// <summary>Opens <c>data:[type][;base64],content</c>, RFC 2397.</summary>
public sealed class DataOpener : IUriOpener
{
    /// <inheritdoc/>
    public string Scheme => "data";

    /// <inheritdoc/>
    public Task<BootUri?> FetchAsync(
        BootUri uri, IBodyTarget target, ITransferProgress progress, CancellationToken stop)
    {
        ReadOnlySpan<byte> content = Decode(uri.Opaque ?? uri.Path);
        ulong total = (ulong)content.Length;
        target.Expect(total);
        while (content.Length > 0)
        {
            Span<byte> room = target.GetRoom().Span;
            int count = Math.Min(room.Length, content.Length);
            content[..count].CopyTo(room);
            target.Advance(count);
            content = content[count..];
        }
        progress.Report(total, total);
        return Task.FromResult<BootUri?>(null);
    }

    private static byte[] Decode(string data)
    {
        int comma = data.IndexOf(',');
        if (comma < 0) throw new BootFailure(UriFailure.BadData, "a data: URI has no comma before its content");
        byte[] content = PercentEncoding.Decode(data[(comma + 1)..]);
        if (!data[..comma].EndsWith(";base64", StringComparison.OrdinalIgnoreCase)) return content;
        try
        {
            return Convert.FromBase64String(Encoding.ASCII.GetString(content));
        }
        catch (FormatException cause)
        {
            throw new BootFailure(UriFailure.BadData, "the content of a data: URI is not base64", cause);
        }
    }
}
