using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Script;

namespace Bootlace.Boot;

/// <summary>A menu on the screen, which shows how long it still waits.</summary>
internal sealed class MenuScreen(ScreenPainter painter, Keyboard keyboard, MenuRequest request)
{
    private const int TickMs = 1000, CountWidth = 8;

    private readonly IReadOnlyList<MenuItem> _items = request.Menu.Items;
    private readonly MenuCursor _cursor = new(request.Menu.Items, painter.Rows, request.Start);
    private long _remainingMs = request.TimeoutMs;

    /// <summary>Shows it until something is chosen; null: it was left without a choice.</summary>
    public async Task<MenuItem?> RunAsync(CancellationToken stop)
    {
        painter.Begin(ByteText.ToUnicode(request.Menu.Title));
        try
        {
            PaintAll();
            while (true)
            {
                switch (await MoveAsync(stop))
                {
                    case MenuMove.Chosen: return _items[_cursor.Index];
                    case MenuMove.Left: return null;
                }
            }
        }
        finally
        {
            painter.End();
        }
    }

    /// <summary>Waits for a key, or for the count to get to the next second.</summary>
    private async Task<MenuMove> MoveAsync(CancellationToken stop)
    {
        int tickMs = (int)(_remainingMs > 0 ? (_remainingMs - 1) % TickMs + 1 : 0);
        if (await keyboard.ReadAsync(tickMs, stop) is not { } key)
        {
            _remainingMs -= tickMs;
            if (_remainingMs <= 0) return MenuMove.Chosen;
            Paint(_cursor.Index);
            return MenuMove.None;
        }
        _remainingMs = request.RetimeoutMs;
        int index = _cursor.Index, top = _cursor.Top;
        MenuMove move = _cursor.Type(key);
        if (_cursor.Top != top)
        {
            PaintAll();
            return move;
        }
        if (_cursor.Index != index) Paint(index);
        Paint(_cursor.Index);
        return move;
    }

    private void PaintAll()
    {
        for (int row = 0; row < painter.Rows; row++) Paint(_cursor.Top + row);
        int below = _items.Count - _cursor.Top - painter.Rows;
        painter.PaintAbove(_cursor.Top > 0 ? "..." : "");
        painter.PaintHint(below > 0 ? "..." : "");
    }

    private void Paint(int index)
    {
        int row = painter.FirstRow + index - _cursor.Top, count = painter.Width;
        if (index >= _items.Count)
        {
            painter.Paint(row, 0, painter.Width, "", ColourPairs.Normal);
            return;
        }
        MenuItem item = _items[index];
        int pair = item.Name is null ? ColourPairs.Separator
            : index == _cursor.Index ? ColourPairs.Selected : ColourPairs.Normal;
        string text = " " + ByteText.ToUnicode(item.Text);
        if (index == _cursor.Index && _remainingMs > 0)
        {
            count = int.Max(0, painter.Width - CountWidth);
            string seconds = $"({(_remainingMs + TickMs - 1) / TickMs}) ";
            text = (text.Length > count ? text.Substring(0, count) : text.PadRight(count))
                + seconds.PadLeft(painter.Width - count);
        }
        painter.Paint(row, 0, painter.Width, text, pair);
    }
}
