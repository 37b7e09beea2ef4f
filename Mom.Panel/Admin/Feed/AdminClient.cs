using System.Globalization;
using System.Net;
using System.Text.Json.Serialization.Metadata;
using Mom.Contracts.Json;
using Mom.Contracts.Operations;
using Mom.Contracts.Users;
using Mom.Panel.Api;

namespace Mom.Panel.Admin.Feed;

/// <summary>The API's routes for administrators, typed. Every method throws <see cref="ApiException"/> when the API refuses or does not answer.</summary>
public sealed class AdminClient(ApiClient api)
{
    private static readonly MomJsonContext Json = MomJsonContext.Default;

    public Task<SystemOverview> GetOverviewAsync(CancellationToken cancellationToken) => GetAsync("/admin/overview", Json.SystemOverview, cancellationToken);

    public Task<SystemLedger> GetLedgerAsync(CancellationToken cancellationToken) => GetAsync("/admin/ledger", Json.SystemLedger, cancellationToken);

    /// <param name="verb"><c>pause</c>, <c>drain</c> or <c>resume</c>.</param>
    /// <returns>Whether the workers have done it already.</returns>
    public async Task<bool> SwitchQueueAsync(string queue, string verb, CancellationToken cancellationToken) =>
        await SendAsync(HttpMethod.Post, $"/admin/workers/{Uri.EscapeDataString(queue)}/{verb}", body: null, cancellationToken) is HttpStatusCode.OK;

    /// <param name="verb"><c>drain</c> or <c>resume</c>.</param>
    public Task SwitchWorkerAsync(string instance, string verb, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, $"/admin/workers/instances/{Uri.EscapeDataString(instance)}/{verb}", body: null, cancellationToken);

    public Task<(IReadOnlyList<AdminJob> Items, int Total)> ListJobsAsync(QueryString query, CancellationToken cancellationToken) =>
        ListAsync("/admin/jobs" + query, Json.IReadOnlyListAdminJob, cancellationToken);

    /// <param name="verb"><c>cancel</c>, <c>retry</c> or <c>reconcile</c>.</param>
    public Task ActOnJobAsync(Guid job, string verb, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, $"/admin/jobs/{job}/{verb}", body: null, cancellationToken);

    public Task<(IReadOnlyList<AdminUser> Items, int Total)> ListUsersAsync(QueryString query, CancellationToken cancellationToken) =>
        ListAsync("/admin/users" + query, Json.IReadOnlyListAdminUser, cancellationToken);

    public Task ChangeRoleAsync(Guid user, string role, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Put, $"/admin/users/{user}/role", JsonContent.Create(new RoleBody(role), Json.RoleBody), cancellationToken);

    /// <param name="reason">For the audit trail.</param>
    public Task ChangeLockAsync(Guid user, bool locked, string? reason, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Put, $"/admin/users/{user}/lock", JsonContent.Create(new LockBody(locked, reason), Json.LockBody), cancellationToken);

    public Task<IReadOnlyList<UserAuditEntry>> ListUserAuditAsync(Guid user, CancellationToken cancellationToken) =>
        GetAsync($"/admin/users/{user}/audit", Json.IReadOnlyListUserAuditEntry, cancellationToken);

    /// <returns>How many were ended; <see langword="null"/> when the order is accepted and not done yet.</returns>
    public async Task<int?> EndSessionsAsync(Guid user, CancellationToken cancellationToken) =>
        await SendOrAcceptAsync(HttpMethod.Post, $"/admin/users/{user}/end-sessions", Json.EndedSessions, cancellationToken) is { } answer ? answer.Ended : null;

    public Task<IReadOnlyList<DeadLetterCause>> ListGroupsAsync(QueryString query, CancellationToken cancellationToken) =>
        GetAsync("/admin/dead-letters/groups" + query, Json.IReadOnlyListDeadLetterCause, cancellationToken);

    /// <summary>The dead letter, or <see langword="null"/> when there is none of this number.</summary>
    public async Task<DeadLetterDetail?> FindDeadLetterAsync(long id, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(string.Create(CultureInfo.InvariantCulture, $"/admin/dead-letters/{id}"), Json.DeadLetterDetail, cancellationToken);
        }
        catch (ApiException e) when (e.Status is HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    public Task EditDeadLetterAsync(long id, string body, CancellationToken cancellationToken) => SendAsync(
        HttpMethod.Put, string.Create(CultureInfo.InvariantCulture, $"/admin/dead-letters/{id}/body"), JsonContent.Create(new EditBody(body), Json.EditBody), cancellationToken);

    public Task<DeadLetterOperation> StartOperationAsync(DeadLetterOperationBody body, CancellationToken cancellationToken) => SendAsync(
        HttpMethod.Post, "/admin/dead-letters/operations", JsonContent.Create(body, Json.DeadLetterOperationBody), Json.DeadLetterOperation, cancellationToken);

    public Task<DeadLetterOperation> GetOperationAsync(Guid id, CancellationToken cancellationToken) =>
        GetAsync($"/admin/dead-letters/operations/{id}", Json.DeadLetterOperation, cancellationToken);

    public Task<IReadOnlyList<DeadLetterOperation>> ListOperationsAsync(CancellationToken cancellationToken) =>
        GetAsync("/admin/dead-letters/operations", Json.IReadOnlyListDeadLetterOperation, cancellationToken);

    public Task<DemoStatus> GetDemoAsync(CancellationToken cancellationToken) => GetAsync("/admin/demo", Json.DemoStatus, cancellationToken);

    public Task<DemoMath> SetMathAsync(DemoMath math, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Put, "/admin/demo/math", JsonContent.Create(math, Json.DemoMath), Json.DemoMath, cancellationToken);

    public Task SendPoisonAsync(PoisonBody body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, "/admin/demo/poison", JsonContent.Create(body, Json.PoisonBody), cancellationToken);

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var response = await api.SendAsUserAsync(request, cancellationToken);
        return await ApiBody.ReadAsync(response, type, cancellationToken);
    }

    private async Task<(IReadOnlyList<T> Items, int Total)> ListAsync<T>(string path, JsonTypeInfo<IReadOnlyList<T>> type, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var response = await api.SendAsUserAsync(request, cancellationToken);
        var items = await ApiBody.ReadAsync(response, type, cancellationToken);
        return (items, ApiBody.Count(response, "X-Total-Count") ?? items.Count);
    }

    private async Task<HttpStatusCode> SendAsync(HttpMethod method, string path, HttpContent? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        using var response = await api.SendAsUserAsync(request, cancellationToken);
        return response.StatusCode;
    }

    private async Task<T?> SendOrAcceptAsync<T>(HttpMethod method, string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using var request = new HttpRequestMessage(method, path);
        using var response = await api.SendAsUserAsync(request, cancellationToken);
        return response.StatusCode is HttpStatusCode.Accepted ? null : await ApiBody.ReadAsync(response, type, cancellationToken);
    }

    private async Task<T> SendAsync<T>(HttpMethod method, string path, HttpContent? body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        using var response = await api.SendAsUserAsync(request, cancellationToken);
        return await ApiBody.ReadAsync(response, type, cancellationToken);
    }
}
