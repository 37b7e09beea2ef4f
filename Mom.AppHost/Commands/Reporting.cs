namespace Mom.AppHost.Commands;

internal static class Reporting
{
    /// <summary>Adds a command whose result is shown at once, and whose failure is a sentence.</summary>
    /// <param name="run">Gives the message, which is one sentence without its full stop, and the figures in Markdown.</param>
    public static IResourceBuilder<T> WithReport<T>(
        this IResourceBuilder<T> resource,
        string name,
        string displayName,
        Func<ExecuteCommandContext, Task<(string Message, string Markdown)>> run,
        CommandOptions options)
        where T : IResource
    {
        options.UpdateState ??= CommandStates.WhileRunning;
        return resource.WithCommand(name, displayName, ExecuteAsync, options);

        async Task<ExecuteCommandResult> ExecuteAsync(ExecuteCommandContext context)
        {
            try
            {
                var (message, markdown) = await run(context);
                // The CLI shows the result alone.
                return CommandResults.Success(message, $"{message}.\n\n{markdown}", CommandResultFormat.Markdown, displayImmediately: true);
            }
            catch (CommandFailedException failure)
            {
                return CommandResults.Failure(failure.Message);
            }
            catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
            {
                return CommandResults.Canceled();
            }
        }
    }

    /// <summary>A table in Markdown; nothing where there are no rows.</summary>
    public static string Table(string[] head, IEnumerable<string?[]> rows)
    {
        string[] lines = [Line(head), Line([.. head.Select(_ => "---")]), .. rows.Select(Line)];
        return lines.Length > 2 ? string.Join('\n', lines) : "";
    }

    private static string Line(string?[] cells) => $"| {string.Join(" | ", cells.Select(Cell))} |";

    private static string Cell(string? text) => (text ?? "").Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
