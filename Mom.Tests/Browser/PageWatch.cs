using Microsoft.Playwright;

namespace Mom.Tests.Browser;

/// <summary>Writes down everything that a page should never do.</summary>
internal sealed class PageWatch
{
    private readonly List<string> _complaints = [];

    /// <param name="host">The only address that the page may talk to.</param>
    public PageWatch(IPage page, Uri host)
    {
        page.Console += (_, message) => Note(message.Type is "error" or "warning", $"console {message.Type}: {message.Text}");
        page.PageError += (_, error) => Note(true, $"script error: {error}");
        page.Response += (_, response) => Note(response.Status >= 400, $"{response.Status} from {response.Url}");
        page.Request += (_, request) => Note(IsForeign(host, request.Url), $"request to another host: {request.Url}");
        // What was under way when the page was left on purpose is cut off; that is no failure.
        page.RequestFailed += (_, request) => Note(request.Failure is not "net::ERR_ABORTED", $"{request.Failure} for {request.Url}");
    }

    /// <summary>What the page did wrong so far.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (_complaints)
            {
                return [.. _complaints];
            }
        }
    }

    private static bool IsForeign(Uri host, string url) =>
        new Uri(url) is { Scheme: not ("data" or "blob") } address && address.Authority != host.Authority;

    private void Note(bool isWrong, string complaint)
    {
        if (!isWrong)
        {
            return;
        }

        lock (_complaints)
        {
            _complaints.Add(complaint);
        }
    }
}
