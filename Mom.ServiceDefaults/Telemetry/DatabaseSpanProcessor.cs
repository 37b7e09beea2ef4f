using System.Diagnostics;
using OpenTelemetry;

namespace Mom.ServiceDefaults.Telemetry;

/// <summary>Names the spans of statements by what they do: without it each of them is called <c>postgresql</c>.</summary>
/// <remarks>
/// <para>
/// The convention wants the query's summary as the span's name (https://opentelemetry.io/docs/specs/semconv/database/database-spans/#name);
/// Npgsql 10 leaves that to the application.
/// </para>
/// <para>
/// The Aspire dashboard knows a database by <c>db.system</c>, the attribute's name before the convention was stable; Npgsql sets only its
/// successor. To be removed once the dashboard (<c>OtlpSpan.GetDisplaySummary</c>) reads <c>db.system.name</c>.
/// </para>
/// </remarks>
public sealed class DatabaseSpanProcessor : BaseProcessor<Activity>
{
    /// <inheritdoc/>
    public override void OnEnd(Activity data)
    {
        if (data.Source.Name is not "Npgsql")
            return;

        if (data.GetTagItem("db.query.text") is string query && QuerySummary.Of(query) is { } summary)
        {
            data.DisplayName = summary;
            data.SetTag("db.query.summary", summary);
        }

        data.SetTag("db.system", data.GetTagItem("db.system.name"));
    }
}
