using System.Diagnostics.CodeAnalysis;

namespace System.Collections.Generic;

/// <summary>Hands out the element of the least priority value first: a binary heap. Equal priorities come in no set
/// order.
/// </summary>
public class PriorityQueue<TElement, TPriority>
{
    private readonly List<(TElement Element, TPriority Priority)> _heap = [];

    public PriorityQueue() : this(null) { }

    public PriorityQueue(IComparer<TPriority>? comparer) => Comparer = comparer ?? Comparer<TPriority>.Default;

    public IComparer<TPriority> Comparer { get; }

    public int Count => _heap.Count;

    public void Enqueue(TElement element, TPriority priority)
    {
        int at = _heap.Count;
        _heap.Add((element, priority));
        while (at > 0)
        {
            int parent = (at - 1) / 2;
            if (Comparer.Compare(_heap[parent].Priority, priority) <= 0) break;
            _heap[at] = _heap[parent];
            at = parent;
        }
        _heap[at] = (element, priority);
    }

    public TElement Dequeue()
    {
        if (!TryDequeue(out TElement? element, out _)) ThrowHelper.Empty("Queue");
        return element!;
    }

    public bool TryDequeue([MaybeNullWhen(false)] out TElement element, [MaybeNullWhen(false)] out TPriority priority)
    {
        if (!TryPeek(out element, out priority)) return false;
        (TElement Element, TPriority Priority) last = _heap[^1];
        _heap.RemoveAt(_heap.Count - 1);
        if (_heap.Count > 0) SinkFromTop(last);
        return true;
    }

    public TElement Peek()
    {
        if (_heap.Count == 0) ThrowHelper.Empty("Queue");
        return _heap[0].Element;
    }

    public bool TryPeek([MaybeNullWhen(false)] out TElement element, [MaybeNullWhen(false)] out TPriority priority)
    {
        if (_heap.Count == 0)
        {
            element = default;
            priority = default;
            return false;
        }
        (element, priority) = _heap[0];
        return true;
    }

    public void Clear() => _heap.Clear();

    private void SinkFromTop((TElement Element, TPriority Priority) node)
    {
        int at = 0;
        while (true)
        {
            int child = 2 * at + 1;
            if (child >= _heap.Count) break;
            if (child + 1 < _heap.Count
                && Comparer.Compare(_heap[child + 1].Priority, _heap[child].Priority) < 0) child++;
            if (Comparer.Compare(node.Priority, _heap[child].Priority) <= 0) break;
            _heap[at] = _heap[child];
            at = child;
        }
        _heap[at] = node;
    }
}
