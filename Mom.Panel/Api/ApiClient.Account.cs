using Mom.Contracts.Json;
using Mom.Contracts.Users;

namespace Mom.Panel.Api;

/// <content>The user's own account.</content>
public sealed partial class ApiClient
{
    /// <summary>The user's sessions, the youngest first.</summary>
    public async Task<IReadOnlyList<SessionSummary>> ListSessionsAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/session");
        using var response = await SendAsUserAsync(request, cancellationToken);
        return await ApiBody.ReadAsync(response, MomJsonContext.Default.IReadOnlyListSessionSummary, cancellationToken);
    }

    /// <summary>Ends one of the user's sessions.</summary>
    public async Task EndSessionAsync(string id, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"/session/{Uri.EscapeDataString(id)}");
        using var response = await SendAsUserAsync(request, cancellationToken);
    }

    /// <summary>Ends all sessions of the user but this one.</summary>
    /// <returns>How many.</returns>
    public async Task<int> EndOtherSessionsAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/session/end-others");
        using var response = await SendAsUserAsync(request, cancellationToken);
        return (await ApiBody.ReadAsync(response, MomJsonContext.Default.EndedSessions, cancellationToken)).Ended;
    }

    /// <summary>Changes the user's password, which ends all their other sessions.</summary>
    public async Task ChangePasswordAsync(ChangePasswordBody body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/user/password") { Content = JsonContent.Create(body, MomJsonContext.Default.ChangePasswordBody) };
        using var response = await SendAsUserAsync(request, cancellationToken);
        await ConfirmedAsync(response, "Nobody knows whether this has arrived. Try to log in with the new password before you send it once more.", cancellationToken);
    }

    private static Task ConfirmedAsync(HttpResponseMessage response, string otherwise, CancellationToken cancellationToken) =>
        response.StatusCode is System.Net.HttpStatusCode.Accepted ? ConfirmedAsync<object?>(response, null, otherwise, cancellationToken) : Task.CompletedTask;
}
