using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;

namespace Bootlace.ScriptCheck;

/// <summary>A part of the machine that only pretends. What it is asked goes to its behaviour, where that has a method
/// or property of this name; everything else does nothing and gives nothing. So a part that the loader learns needs
/// nothing here, unless a script's way depends on it.</summary>
public class StubPart : DispatchProxy
{
    private static readonly MethodInfo MakeTask =
        typeof(Task).GetMethod(nameof(Task.FromResult)) ?? throw new MissingMethodException();

    private object? _behaviour;

    /// <summary>Makes one.</summary>
    /// <param name="type">The interface it has.</param>
    /// <param name="behaviour">What it does; null: nothing.</param>
    public static object Make(Type type, object? behaviour = null)
    {
        if (type.IsInstanceOfType(behaviour)) return behaviour;
        object part = DispatchProxy.Create(type, typeof(StubPart));
        ((StubPart)part)._behaviour = behaviour;
        return part;
    }

    /// <summary>Makes one.</summary>
    public static T Make<T>(object? behaviour = null) where T : class => (T)Make(typeof(T), behaviour);

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? method, object?[]? args)
    {
        ArgumentNullException.ThrowIfNull(method);
        Type[] parameters = [.. method.GetParameters().Select(it => it.ParameterType)];
        MethodInfo? own = _behaviour?.GetType().GetMethod(method.Name, parameters);
        return own is not null
            ? own.Invoke(_behaviour, BindingFlags.DoNotWrapExceptions, null, args, null)
            : NothingOf(method.ReturnType);
    }

    /// <summary>The nothing of a type: no text, an empty list, a task that is done.</summary>
    internal static object? NothingOf(Type type)
    {
        if (type == typeof(void)) return null;
        if (type == typeof(string)) return "";
        if (type == typeof(Task)) return Task.CompletedTask;
        Type? kind = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        Type? inner = kind is null ? null : type.GetGenericArguments()[0];
        if (kind == typeof(Task<>)) return MakeTask.MakeGenericMethod(inner!).Invoke(null, [NothingOf(inner!)]);
        if (type.IsArray) return Array.CreateInstance(type.GetElementType()!, 0);
        if (kind == typeof(IReadOnlyList<>) || kind == typeof(IEnumerable<>)) return Array.CreateInstance(inner!, 0);
        if (type.IsInterface) return Make(type);
        return type.IsValueType || type.GetConstructor([]) is not null ? Activator.CreateInstance(type) : null;
    }
}
