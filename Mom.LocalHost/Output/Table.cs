namespace Mom.LocalHost.Output;

/// <summary>Columns of text, each as wide as its widest cell.</summary>
internal sealed class Table(params string[] headings)
{
    private readonly List<string[]> _rows = [headings];

    public void Add(params string[] cells) => _rows.Add(cells);

    /// <param name="writer">Where to.</param>
    /// <param name="paint">Colours a cell, given its column and its text already padded.</param>
    public void Write(TextWriter writer, Func<int, string, string>? paint = null)
    {
        var widths = Enumerable.Range(0, headings.Length).Select(column => _rows.Max(row => row[column].Length)).ToList();
        foreach (var (index, row) in _rows.Index())
        {
            var cells = row.Select((cell, column) => Cell(index, column, cell.PadRight(widths[column]), paint));
            writer.WriteLine(("  " + string.Join("  ", cells)).TrimEnd());
        }
    }

    private static string Cell(int row, int column, string text, Func<int, string, string>? paint) =>
        row == 0 ? Palette.Faint(text) : paint?.Invoke(column, text) ?? text;
}
