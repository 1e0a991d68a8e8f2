using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Script;

namespace Bootlace.Boot;

/// <summary>A form on the screen: texts on the left, what can be edited on the right. Longer texts than its field move
/// along under it.</summary>
internal sealed class FormScreen
{
    private const int Save = 0x18, Tab = 0x09;   // Ctrl-X
    private const int LabelWidthMax = 30, Gap = 2;

    private readonly ScreenPainter _painter;
    private readonly Keyboard _keyboard;
    private readonly FormRequest _request;
    private readonly IReadOnlyList<MenuItem> _items;
    private readonly MenuCursor _cursor;
    private readonly LineEditor[] _fields;
    private readonly int _labelWidth;

    public FormScreen(ScreenPainter painter, Keyboard keyboard, FormRequest request)
    {
        (_painter, _keyboard, _request, _items) = (painter, keyboard, request, request.Form.Items);
        _cursor = new MenuCursor(_items, painter.Rows, request.Form.FindStart(null));
        _fields = new LineEditor[_items.Count];
        int widest = 0;
        for (int i = 0; i < _fields.Length; i++)
        {
            _fields[i] = new LineEditor(ByteText.ToUnicode(request.Presets[i]), []);
            if (_items[i].Name is not null) widest = int.Max(widest, Label(i).Length);
        }
        _labelWidth = int.Min(widest, int.Min(LabelWidthMax, painter.Width / 2));
    }

    /// <summary>Shows it until it is to be saved.</summary>
    /// <returns>What the items hold; null: ESC was pressed.</returns>
    public async Task<IReadOnlyList<string>?> RunAsync(CancellationToken stop)
    {
        _painter.Begin(ByteText.ToUnicode(_request.Form.Title));
        try
        {
            _painter.PaintHint("Ctrl-X saves    Ctrl-C discards");
            PaintAll();
            while (true)
            {
                Key key = await _keyboard.ReadAsync(0, stop) ?? Key.Escape;
                if (key == Key.Escape) return null;
                if (key.Code == Save || key == Key.Enter && _request.EndsBehindLast && IsLast) return Texts();
                Type(key);
            }
        }
        finally
        {
            _painter.End();
        }
    }

    private bool IsLast
    {
        get
        {
            for (int i = _cursor.Index + 1; i < _items.Count; i++)
            {
                if (_items[i].Name is not null) return false;
            }
            return true;
        }
    }

    private void Type(Key key)
    {
        int index = _cursor.Index, top = _cursor.Top;
        if (key == Key.Enter || key.Code is Tab or '\n') _cursor.Type(Key.Down);
        else if (key == Key.Up || key == Key.Down || key == Key.PageUp || key == Key.PageDown) _cursor.Type(key);
        else _fields[index].Type(key);
        if (_cursor.Top != top) PaintAll();
        else
        {
            if (_cursor.Index != index) Paint(index);
            PaintMarked();
        }
    }

    private void PaintAll()
    {
        for (int row = 0; row < _painter.Rows; row++) Paint(_cursor.Top + row);
        PaintMarked();
    }

    private void PaintMarked()
    {
        Paint(_cursor.Index);
        int column = int.Min(_fields[_cursor.Index].Cursor, FieldWidth - 1);
        _painter.PlaceCursor(Row(_cursor.Index), FieldColumn + column);
    }

    private void Paint(int index)
    {
        if (index >= _items.Count || _items[index].Name is null)
        {
            string text = index < _items.Count ? " " + ByteText.ToUnicode(_items[index].Text) : "";
            _painter.Paint(Row(index), 0, _painter.Width, text, ColourPairs.Separator);
            return;
        }
        bool isMarked = index == _cursor.Index;
        _painter.Paint(Row(index), 0, FieldColumn, " " + Label(index), ColourPairs.Normal);
        string field = _items[index].IsSecret ? new string('*', _fields[index].Text.Length) : _fields[index].Text;
        int hidden = isMarked ? int.Max(0, _fields[index].Cursor - FieldWidth + 1) : 0;
        _painter.Paint(
            Row(index), FieldColumn, FieldWidth, field.Substring(hidden),
            isMarked ? ColourPairs.Editable : ColourPairs.Normal);
    }

    private int FieldColumn => 1 + _labelWidth + Gap;

    private int FieldWidth => int.Max(1, _painter.Width - FieldColumn - 1);

    private int Row(int index) => _painter.FirstRow + index - _cursor.Top;

    private string Label(int index) =>
        ByteText.ToUnicode(_items[index].Text.Length > 0 ? _items[index].Text : _items[index].Name!);

    private List<string> Texts()
    {
        var texts = new List<string>(_fields.Length);
        foreach (LineEditor field in _fields) texts.Add(ByteText.FromUnicode(field.Text));
        return texts;
    }
}
