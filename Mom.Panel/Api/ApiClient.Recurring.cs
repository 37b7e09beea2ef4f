using System.Globalization;
using System.Net;
using Mom.Contracts.Json;
using Mom.Contracts.Recurring;

namespace Mom.Panel.Api;

/// <content>Jobs that are made again and again.</content>
public sealed partial class ApiClient
{
    private const string Unconfirmed = "Nobody knows whether this has arrived. Look again in a moment.";

    /// <param name="key">Idempotency key: all requests with the same key create one recurring job.</param>
    public async Task CreateRecurringAsync(RecurringJobBody body, string key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/recurring") { Content = JsonContent.Create(body, MomJsonContext.Default.RecurringJobBody) };
        request.Headers.Add("Idempotency-Key", key);
        using var response = await SendAsUserAsync(request, cancellationToken);
        await ConfirmedAsync(response, Unconfirmed, cancellationToken);
    }

    /// <summary>The user's recurring jobs, by name.</summary>
    public async Task<IReadOnlyList<RecurringJob>> ListRecurringAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/recurring");
        using var response = await SendAsUserAsync(request, cancellationToken);
        return await ApiBody.ReadAsync(response, MomJsonContext.Default.IReadOnlyListRecurringJob, cancellationToken);
    }

    /// <summary>Pauses or resumes a recurring job.</summary>
    public Task PauseRecurringAsync(Guid id, bool paused, CancellationToken cancellationToken) =>
        ActOnRecurringAsync(HttpMethod.Post, string.Create(CultureInfo.InvariantCulture, $"/recurring/{id}/{(paused ? "pause" : "resume")}"), cancellationToken);

    /// <summary>Deletes a recurring job. One that is gone already is no error.</summary>
    public async Task DeleteRecurringAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            await ActOnRecurringAsync(HttpMethod.Delete, string.Create(CultureInfo.InvariantCulture, $"/recurring/{id}"), cancellationToken);
        }
        catch (ApiException e) when (e.Status is HttpStatusCode.NotFound)
        {
            // Another window was faster.
        }
    }

    private async Task ActOnRecurringAsync(HttpMethod method, string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        using var response = await SendAsUserAsync(request, cancellationToken);
        await ConfirmedAsync(response, Unconfirmed, cancellationToken);
    }
}
