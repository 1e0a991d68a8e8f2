using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Text;

namespace System;

/// <summary>Several failures in one.</summary>
public class AggregateException : Exception
{
    private const string Text = "One or more errors occurred.";
    private readonly Exception[] _all;

    public AggregateException() : base(Text) => _all = [];

    public AggregateException(string? message) : base(message) => _all = [];

    public AggregateException(string? message, Exception innerException) : base(message, innerException)
    {
        ArgumentNullException.ThrowIfNull(innerException);
        _all = [innerException];
    }

    public AggregateException(params Exception[] innerExceptions) : this(Text, innerExceptions) { }

    public AggregateException(IEnumerable<Exception> innerExceptions) : this(Text, innerExceptions) { }

    public AggregateException(string? message, params Exception[] innerExceptions)
        : base(message, innerExceptions.Length > 0 ? innerExceptions[0] : null) => _all = innerExceptions;

    public AggregateException(string? message, IEnumerable<Exception> innerExceptions)
        : this(message, new List<Exception>(innerExceptions).ToArray()) { }

    public ReadOnlyCollection<Exception> InnerExceptions => new(_all);

    public override string Message
    {
        get
        {
            if (_all.Length == 0) return base.Message;
            var text = new StringBuilder(base.Message);
            foreach (Exception inner in _all) text.Append(" (").Append(inner.Message).Append(')');
            return text.ToString();
        }
    }

    public override Exception GetBaseException()
    {
        Exception back = this;
        while (back is AggregateException { _all.Length: 1 } one) back = one._all[0];
        return back;
    }

    /// <summary>The same failures without aggregates among them.</summary>
    public AggregateException Flatten()
    {
        var flat = new List<Exception>();
        AddTo(flat);
        return new AggregateException(base.Message, flat);
    }

    /// <summary>Throws what <paramref name="predicate"/> does not take care of.</summary>
    public void Handle(Func<Exception, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        var left = new List<Exception>();
        foreach (Exception inner in _all)
        {
            if (!predicate(inner)) left.Add(inner);
        }
        if (left.Count > 0) throw new AggregateException(base.Message, left);
    }

    private void AddTo(List<Exception> flat)
    {
        foreach (Exception inner in _all)
        {
            if (inner is AggregateException nested) nested.AddTo(flat);
            else flat.Add(inner);
        }
    }
}
