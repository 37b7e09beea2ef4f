using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Serialization;
using Mom.Contracts.Jobs;
using Mom.Contracts.Json;
using Mom.Contracts.Notifications;
using Mom.Contracts.Operations;
using Mom.Contracts.Users;
using Mom.Panel.DeadLetters;
using Mom.Panel.Jobs;
using Mom.Panel.Session;

namespace Mom.Panel.Api;

/// <summary>Mom.Api, typed. Every method throws <see cref="ApiException"/> when the API refuses or does not answer.</summary>
/// <remarks>A token that the API refuses ends the <see cref="CurrentSession"/>.</remarks>
public sealed partial class ApiClient(HttpClient http, CurrentSession current)
{
    private static readonly MomJsonContext Json = MomJsonContext.Default;

    /// <param name="visitor">The client whose request this is.</param>
    public async Task RegisterAsync(RegisterBody body, Visitor visitor, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/register") { Content = JsonContent.Create(body, Json.RegisterBody) };
        visitor.AddTo(request);
        using var response = await SendAsync(request, cancellationToken);
    }

    /// <param name="visitor">The client whose request this is.</param>
    public async Task<PanelSession> LoginAsync(LoginBody body, Visitor visitor, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/login") { Content = JsonContent.Create(body, Json.LoginBody) };
        visitor.AddTo(request);
        using var response = await SendAsync(request, cancellationToken);
        return PanelSession.From(await ApiBody.ReadAsync(response, Json.Session, cancellationToken));
    }

    /// <remarks>Not retried: a token can be renewed once.</remarks>
    public async Task<PanelSession> RenewAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/renew-token");
        using var response = await SendAsUserAsync(request, cancellationToken);
        return PanelSession.From(await ApiBody.ReadAsync(response, Json.Session, cancellationToken));
    }

    /// <summary>Ends the session at the API. Never throws: the panel removes the session in any case.</summary>
    public async Task LogoutAsync(PanelSession session, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/logout");
        request.Headers.Authorization = Bearer(session);
        try
        {
            using var response = await SendAsync(request, cancellationToken);
        }
        catch (ApiException)
        {
            // The token expires within minutes.
        }
    }

    /// <summary>Whether the API accepts the token; if not, the session ends.</summary>
    public async Task CheckSessionAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/auth-test");
        using var response = await SendAsUserAsync(request, cancellationToken);
    }

    /// <param name="key">Idempotency key: all requests with the same key create one job.</param>
    public async Task<JobOrder> CreateJobAsync(CreateJobBody body, string key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/job") { Content = JsonContent.Create(body, Json.CreateJobBody) };
        request.Headers.Add("Idempotency-Key", key);
        using var response = await SendAsUserAsync(request, cancellationToken);
        return response.StatusCode is HttpStatusCode.Accepted
            ? await ConfirmedAsync(response, new JobOrder(Job: null), "The order may or may not have arrived. Send it once more: it makes one job all the same.", cancellationToken)
            : new JobOrder(await ApiBody.ReadAsync(response, Json.Job, cancellationToken), Existed: response.StatusCode is HttpStatusCode.OK);
    }

    public async Task<JobPage> ListJobsAsync(JobQuery query, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/job/my" + query.ToQueryString());
        using var response = await SendAsUserAsync(request, cancellationToken);
        var jobs = await ApiBody.ReadAsync(response, Json.IReadOnlyListJob, cancellationToken);
        return new JobPage(jobs, ApiBody.Count(response, "X-Total-Count") ?? jobs.Count);
    }

    /// <summary>Counts and times of the user's jobs.</summary>
    /// <param name="text">Counts only jobs that contain it; <see langword="null"/> for all.</param>
    public async Task<JobSummary> SummarizeJobsAsync(string? text, CancellationToken cancellationToken)
    {
        var query = text is null ? QueryString.Empty : QueryString.Create("text", text);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/job/summary" + query);
        using var response = await SendAsUserAsync(request, cancellationToken);
        return await ApiBody.ReadAsync(response, Json.JobSummary, cancellationToken);
    }

    /// <summary>The job, or <see langword="null"/> when the user has no such job.</summary>
    public async Task<Job?> FindJobAsync(Guid id, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"/job/{id}"));
        try
        {
            using var response = await SendAsUserAsync(request, cancellationToken);
            return await ApiBody.ReadAsync(response, Json.Job, cancellationToken);
        }
        catch (ApiException e) when (e.Status is HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Cancels a job.</summary>
    /// <returns>The job, or <see langword="null"/> when the cancellation takes longer than the API waits.</returns>
    public Task<Job?> CancelJobAsync(Guid id, CancellationToken cancellationToken) => ActAsync(id, "cancel", cancellationToken);

    /// <summary>Retries a failed or cancelled job.</summary>
    /// <inheritdoc cref="CancelJobAsync" path="/returns"/>
    public Task<Job?> RetryJobAsync(Guid id, CancellationToken cancellationToken) => ActAsync(id, "retry", cancellationToken);

    /// <param name="limit">At most so many, 1 to 100.</param>
    public async Task<NotificationList> ListNotificationsAsync(int limit, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"/notification?limit={limit}"));
        using var response = await SendAsUserAsync(request, cancellationToken);
        var list = await ApiBody.ReadAsync(response, Json.IReadOnlyListNotification, cancellationToken);
        return new NotificationList(list, ApiBody.Count(response, "X-Unread-Count") ?? list.Count(item => item.ReadAt is null));
    }

    /// <param name="ids">The notifications that were seen; <see langword="null"/> for all of them.</param>
    public async Task MarkReadAsync(IReadOnlyList<Guid>? ids, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/notification/read")
        {
            Content = JsonContent.Create(new MarkReadBody(ids), Json.MarkReadBody),
        };
        using var response = await SendAsUserAsync(request, cancellationToken);
    }

    /// <summary>Messages that could not be handled. For administrators.</summary>
    public async Task<DeadLetterPage> ListDeadLettersAsync(DeadLetterQuery query, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/admin/dead-letters" + query.ToQueryString());
        using var response = await SendAsUserAsync(request, cancellationToken);
        var letters = await ApiBody.ReadAsync(response, Json.IReadOnlyListDeadLetter, cancellationToken);
        return new DeadLetterPage(letters, ApiBody.Count(response, "X-Total-Count") ?? letters.Count);
    }

    /// <summary>Sends a dead letter to its queue once more. For administrators.</summary>
    public async Task ReplayAsync(long letter, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, string.Create(CultureInfo.InvariantCulture, $"/admin/dead-letters/{letter}/replay"));
        using var response = await SendAsUserAsync(request, cancellationToken);
    }

    /// <summary>Discards a dead letter. For administrators.</summary>
    public async Task DiscardAsync(long letter, DiscardBody body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, string.Create(CultureInfo.InvariantCulture, $"/admin/dead-letters/{letter}/discard"))
        {
            Content = JsonContent.Create(body, Json.DiscardBody),
        };
        using var response = await SendAsUserAsync(request, cancellationToken);
    }

    private async Task<Job?> ActAsync(Guid id, string verb, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, string.Create(CultureInfo.InvariantCulture, $"/job/{id}/{verb}"));
        using var response = await SendAsUserAsync(request, cancellationToken);
        return response.StatusCode is HttpStatusCode.Accepted
            ? await ConfirmedAsync<Job?>(response, null, "Nobody knows whether this has arrived. Look again in a moment.", cancellationToken)
            : await ApiBody.ReadAsync(response, Json.Job, cancellationToken);
    }

    // Without a confirm of the broker a 202 guarantees nothing.
    private static async Task<T> ConfirmedAsync<T>(HttpResponseMessage response, T accepted, string otherwise, CancellationToken cancellationToken) =>
        await ApiBody.ReadAsync(response, AcceptanceJsonContext.Default.Acceptance, cancellationToken) is { Confirmed: false }
            ? throw new ApiException(otherwise) { Status = response.StatusCode }
            : accepted;

    private static AuthenticationHeaderValue Bearer(PanelSession session) => new("Bearer", session.AccessToken);

    internal async Task<HttpResponseMessage> SendAsUserAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (await current.GetAsync() is { } session)
            request.Headers.Authorization = Bearer(session);

        try
        {
            return await SendAsync(request, cancellationToken);
        }
        catch (ApiException e) when (e.Status is HttpStatusCode.Unauthorized)
        {
            current.End();
            throw;
        }
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        ApiTransport.SendAsync(http, request, cancellationToken);
}

/// <summary>The answer to an accepted job.</summary>
/// <param name="Job"><see langword="null"/> when the broker has confirmed the request but the reply is late: the job arrives as an event.</param>
/// <param name="Existed">Whether it was ordered before: it holds the key of this order.</param>
public sealed record JobOrder(Job? Job, bool Existed = false);

/// <summary>What the panel reads of an answer 202.</summary>
/// <param name="Confirmed">False when it is unknown whether the broker has the request.</param>
internal sealed record Acceptance(bool Confirmed = true);

/// <summary>Source-generated JSON of <see cref="Acceptance"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Acceptance))]
internal sealed partial class AcceptanceJsonContext : JsonSerializerContext;
