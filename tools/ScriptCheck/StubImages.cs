using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Script;

namespace Bootlace.ScriptCheck;

/// <summary>Fetching that always works. Relative names are files beside the script, if they are there; nobody knows
/// what the others hold, so a program is what they are taken for.</summary>
internal sealed class StubImages(TracePrinter printer, string folder)
{
    private readonly List<IImage> _images = [];
    private readonly Dictionary<IImage, StubImage> _stubs = [];
    private string _folder = folder;

    public IReadOnlyList<IImage> All => _images;

    public IImage? Selected { get; private set; }

    public Task<IImage> FetchAsync(string uri, FetchWishes wishes, CancellationToken stop)
    {
        string path = Path.Combine(_folder, ByteText.ToUnicode(uri.Split('?', '#')[0]));
        bool isHere = !uri.Contains("//", StringComparison.Ordinal) && File.Exists(path);
        printer.Say(isHere ? $"takes {uri} from {_folder}" : $"fetches {uri}");
        string name = wishes.Name ?? uri.Split('?', '#')[0].TrimEnd('/').Split('/').Last();
        var stub = new StubImage(name, isHere ? path : uri, isHere ? File.ReadAllBytes(path) : null);
        var image = StubPart.Make<IImage>(stub);
        _stubs[image] = stub;
        _images.Add(image);
        return Task.FromResult(image);
    }

    public void Select(IImage image) => Selected = image;

    public void Free(IImage image)
    {
        _images.Remove(image);
        if (Selected == image) Selected = null;
    }

    public async Task<Status> ExecuteAsync(IImage image, Interpreter interpreter, CancellationToken stop)
    {
        StubImage stub = _stubs[image];
        if (!stub.IsScript)
            {
            throw new TraceEnd(
                $"{image.Name} would start here: {$"{stub.Uri} {image.CommandLine}".TrimEnd()}", isSuccess: true);
        }
        string back = _folder;
        _folder = Path.GetDirectoryName(stub.Uri) ?? back;
        ScriptEnd end = await interpreter.RunScriptAsync(
            new ScriptSource(image.Name, ByteText.FromBytes(stub.Content)), stop);
        _folder = back;
        if (image.IsAutoFree) Free(image);
        return end.Replacement is { } next ? await ExecuteAsync(next, interpreter, stop) : end.Status;
    }
}
