using System.Collections.Generic;

namespace Bootlace.Script;

/// <summary>The commands by name.</summary>
public sealed class CommandTable
{
    private readonly List<Command> _commands = [];
    private readonly Dictionary<string, Command> _byName = [];

    /// <summary>Adds commands, each name once.</summary>
    public void Add(params Command[] commands)
    {
        foreach (Command command in commands)
        {
            _byName.Add(command.Name, command);
            _commands.Add(command);
        }
    }

    /// <summary>All in order of adding.</summary>
    public IReadOnlyList<Command> All => _commands;

    /// <summary>The command of that name, or null.</summary>
    public Command? Find(string name) => _byName.TryGetValue(name, out Command? command) ? command : null;
}
