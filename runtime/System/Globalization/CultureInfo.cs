namespace System.Globalization;

/// <summary>The one culture there is: none. It exists so that code can say so, as it must on .NET.</summary>
public class CultureInfo : IFormatProvider
{
    private CultureInfo() { }

    public static CultureInfo InvariantCulture { get; } = new();

    public virtual object? GetFormat(Type? formatType) => null;
}
