using System.Text.Json.Nodes;

namespace Mom.AppHost.Commands;

/// <summary>Whether anything that was accepted is lost, doubled or stuck.</summary>
internal static class LedgerCommand
{
    public static IResourceBuilder<ProjectResource> WithLedger(this IResourceBuilder<ProjectResource> api, Administrator administrator) => api.WithReport(
        "ledger",
        "Ledger",
        context => ReportAsync(administrator, context.CancellationToken),
        new CommandOptions { Description = "Compares the jobs in the database with what the broker holds.", IconName = "BookNumber" });

    private static async Task<(string Message, string Markdown)> ReportAsync(Administrator administrator, CancellationToken cancellationToken)
    {
        var ledger = await administrator.SendAsync(HttpMethod.Get, "/admin/ledger", body: null, cancellationToken);
        var findings = ledger?["findings"] as JsonArray ?? [];
        var database = ledger?["database"] as JsonObject ?? [];
        IEnumerable<string?[]> rows =
        [
            .. database.Select(figure => new[] { figure.Key, $"{figure.Value}" }),
            ["underWay", $"{ledger?["underWay"]}"],
            .. findings.Select(finding => new[] { "**finding**", $"{finding}" }),
        ];
        return (findings.Count == 0 ? "The ledger balances" : $"The ledger has {findings.Count} findings", Reporting.Table(["figure", "value"], rows));
    }
}
