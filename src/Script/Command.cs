using System.Collections.Generic;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary>A command of the language: its shape, and what it does.</summary>
public abstract class Command(
    string name, string argumentsText, int argumentsMin, int argumentsMax, IReadOnlyList<Option> options)
{
    /// <summary>No upper limit of arguments.</summary>
    protected const int Unlimited = int.MaxValue;

    /// <summary>The word that calls it.</summary>
    public string Name { get; } = name;

    /// <summary>Its arguments as the usage text names them.</summary>
    public string ArgumentsText { get; } = argumentsText;

    /// <summary>The options it knows, besides --help.</summary>
    public IReadOnlyList<Option> Options { get; } = options;

    /// <summary>Fewest arguments.</summary>
    public int ArgumentsMin { get; } = argumentsMin;

    /// <summary>Most arguments.</summary>
    public int ArgumentsMax { get; } = argumentsMax;

    /// <summary>One line: name, options, arguments.</summary>
    public string Usage
    {
        get
        {
            var text = new StringBuilder(Name);
            foreach (Option option in Options) text.Append(' ').Append(option.ToString());
            if (ArgumentsText.Length > 0) text.Append(' ').Append(ArgumentsText);
            return text.ToString();
        }
    }

    /// <summary>Does it. A failure that the user must see is thrown as a BootFailure; a condition that does not hold is
    /// returned. <paramref name="stop"/> is Ctrl-C.</summary>
    public abstract ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop);
}
