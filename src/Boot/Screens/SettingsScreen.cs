using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Script;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>The editor of all settings, one block at a time.</summary>
internal sealed class SettingsScreen(ScreenPainter painter, Keyboard keyboard, SettingsStore settings)
{
    private const int Leave = 0x18, Delete = 0x04, New = 0x0e, Back = 0x08;   // Ctrl-X, Ctrl-D, Ctrl-N, backspace
    private const int NameWidthMax = 30, Gap = 2;
    private const string Keys = "Enter edits   Ctrl-D deletes   Ctrl-N adds   Ctrl-X leaves";
    private const string KeysEditing = "Enter stores   Esc keeps what was";

    private readonly record struct Field(int Row, int Column, int Width, bool IsSecret);

    private SettingsPage _page = null!;
    private MenuCursor _cursor = null!;
    private int _nameWidth;
    private bool _isAlerted;

    /// <summary>Shows them, from <paramref name="block"/> on, until the user leaves.</summary>
    public async Task RunAsync(SettingsBlock block, CancellationToken stop)
    {
        try
        {
            Open(block, null);
            while (true)
            {
                Key key = await keyboard.ReadAsync(0, stop) ?? Key.Escape;
                if (key == Key.Escape || key.Code == Leave) return;
                if (_isAlerted) PaintHint(Keys);
                await TypeAsync(key, stop);
            }
        }
        finally
        {
            painter.End();
        }
    }

    private SettingsLine? Marked => _page.Lines.Count > 0 ? _page.Lines[_cursor.Index] : null;

    private int ValueColumn => 1 + _nameWidth + Gap;

    private int ValueWidth => int.Max(1, painter.Width - ValueColumn - 1);

    /// <summary>Shows a block, with the mark on the line of that name.</summary>
    private void Open(SettingsBlock block, string? name)
    {
        _page = new SettingsPage(settings, block);
        var items = new List<MenuItem>(_page.Lines.Count);
        int start = 0, widest = 0;
        foreach (SettingsLine line in _page.Lines)
        {
            if (line.Name == name) start = items.Count;
            widest = int.Max(widest, ByteText.ToUnicode(line.Name).Length);
            items.Add(new MenuItem(line.Name, ""));
        }
        _cursor = new MenuCursor(items, painter.Rows, start);
        _nameWidth = int.Min(widest, int.Min(NameWidthMax, painter.Width / 2));
        string place = ByteText.ToUnicode(block.FullName);
        painter.Begin(place.Length == 0 ? "Settings" : $"Settings of {place}");
        PaintAll();
    }

    private async Task TypeAsync(Key key, CancellationToken stop)
    {
        if (key.Code == New) await AddAsync(stop);
        else if (key == Key.Left || key.Code == Back) GoUp();
        else if (Marked is not { } marked) return;
        else if (key == Key.Enter || key == Key.Right || key.Code == '\n') await EnterAsync(marked, stop);
        else if (key == Key.Delete || key.Code == Delete) DeleteMarked(marked);
        else Move(key);
    }

    private async Task EnterAsync(SettingsLine line, CancellationToken stop)
    {
        if (line.Way is { } way)
        {
            if (way == _page.Block.Parent) GoUp();
            else Open(way, null);
            return;
        }
        string old = _page.TryFind(line.Name, out FoundSetting found) ? SettingsPage.Format(found) : "";
        var field = new Field(RowOf(_cursor.Index), ValueColumn, ValueWidth, IsSecret(line.Name));
        await EditAsync(field, old, text => _page.Store(line.Name, text), stop);
        PaintAll();
    }

    private void GoUp()
    {
        SettingsBlock block = _page.Block;
        if (block.Parent is { } parent) Open(parent, block.Name + "/");
    }

    private void DeleteMarked(SettingsLine line)
    {
        if (line.Way is null && Try(() => _page.Delete(line.Name))) PaintAll();
    }

    /// <summary>A letter goes on to the next name that begins with it.</summary>
    private void Move(Key key)
    {
        int index = _cursor.Index, top = _cursor.Top, count = _page.Lines.Count;
        if (!key.IsPrintable) _cursor.Type(key);
        for (int i = 1; key.IsPrintable && i < count; i++)
        {
            string name = _page.Lines[(index + i) % count].Name;
            if (name.Length == 0 || name[0] != key.Code) continue;
            _cursor.MoveTo((index + i) % count);
            break;
        }
        if (_cursor.Top != top)
        {
            PaintAll();
            return;
        }
        if (_cursor.Index != index) Paint(index);
        PaintMarked();
    }

    /// <summary>Asks for the name of a setting and for its value, below the list.</summary>
    private async Task AddAsync(CancellationToken stop)
    {
        string name = "";
        if (await AskAsync("New setting: ", text => name = text, stop) && name.Length > 0)
        {
            string reference = name.IndexOf('/') < 0 ? $"{_page.Block.FullName}/{name}" : name;
            string shown = ByteText.ToUnicode(name);
            await AskAsync($"Value of {shown}: ", text => settings.StoreText(reference, text), stop);
        }
        Open(_page.Block, SettingName.Parse(name).Name);
    }

    private async Task<bool> AskAsync(string question, Action<string> take, CancellationToken stop)
    {
        painter.PaintNote(question);
        int column = int.Min(question.Length, painter.Width / 2);
        var field = new Field(painter.NoteRow, column, int.Max(1, painter.Width - column - 1), false);
        return await EditAsync(field, "", take, stop);
    }

    /// <summary>Lets the user edit a text until it is accepted; false: he gave it up.</summary>
    private async Task<bool> EditAsync(Field field, string text, Action<string> take, CancellationToken stop)
    {
        var editor = new LineEditor(ByteText.ToUnicode(text), []);
        bool outer = keyboard.TakesControlC;
        keyboard.TakesControlC = true;   // it gives up the editing alone
        try
        {
            PaintHint(KeysEditing);
            while (true)
            {
                PaintEdited(field, editor);
                Key key = await keyboard.ReadAsync(0, stop) ?? Key.Escape;
                if (key == Key.Escape || key == Key.CtrlC) return false;
                if (_isAlerted) PaintHint(KeysEditing);
                if (key != Key.Enter && key.Code != '\n') editor.Type(key);
                else if (Try(() => take(ByteText.FromUnicode(editor.Text)))) return true;
            }
        }
        finally
        {
            keyboard.TakesControlC = outer;
            painter.HideCursor();
        }
    }

    /// <summary>Does it, or says why it cannot be done.</summary>
    private bool Try(Action change)
    {
        try
        {
            change();
            return true;
        }
        catch (BootFailure failure)
        {
            painter.PaintHint(failure.Message, ColourPairs.Alert);
            _isAlerted = true;
            return false;
        }
    }

    private void PaintHint(string text)
    {
        _isAlerted = false;
        painter.PaintHint(text);
    }

    private void PaintAll()
    {
        PaintHint(Keys);
        for (int row = 0; row < painter.Rows; row++) Paint(_cursor.Top + row);
        PaintMarked();
    }

    private void Paint(int index)
    {
        if (index >= _page.Lines.Count)
        {
            painter.Paint(RowOf(index), 0, painter.Width, "", ColourPairs.Normal);
            return;
        }
        SettingsLine line = _page.Lines[index];
        int pair = index == _cursor.Index ? ColourPairs.Selected
            : line.Way is null ? ColourPairs.Normal : ColourPairs.Separator;
        string name = ByteText.ToUnicode(line.Name);
        if (name.Length > _nameWidth) name = name.Substring(0, _nameWidth);
        string text = " " + name.PadRight(_nameWidth + Gap) + ValueOf(line);
        painter.Paint(RowOf(index), 0, painter.Width, text, pair);
    }

    /// <summary>The marked line, and where its value comes from.</summary>
    private void PaintMarked()
    {
        string note = "";
        if (Marked is { } marked)
        {
            Paint(_cursor.Index);
            if (marked.Way is null) note = "not set";
            if (_page.TryFind(marked.Name, out FoundSetting found)) note = found.FullName;
        }
        painter.PaintNote(ByteText.ToUnicode(note));
    }

    private void PaintEdited(Field field, LineEditor editor)
    {
        string text = field.IsSecret ? new string('*', editor.Text.Length) : editor.Text;
        int hidden = int.Max(0, editor.Cursor - field.Width + 1);
        painter.Paint(field.Row, field.Column, field.Width, text.Substring(hidden), ColourPairs.Editable);
        painter.PlaceCursor(field.Row, field.Column + editor.Cursor - hidden);
    }

    private string ValueOf(SettingsLine line)
    {
        if (line.Way is not null || !_page.TryFind(line.Name, out FoundSetting found)) return "";
        string text = ByteText.ToUnicode(SettingsPage.Format(found));
        if (IsSecret(line.Name)) return new string('*', text.Length);
        return text.Length <= ValueWidth ? text : text.Substring(0, int.Max(0, ValueWidth - 3)) + "...";
    }

    private int RowOf(int index) => painter.FirstRow + index - _cursor.Top;

    private static bool IsSecret(string name) => name is "password" or "reverse-password";
}
