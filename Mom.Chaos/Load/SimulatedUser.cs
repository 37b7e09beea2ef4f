using System.Net;
using System.Text.Json;
using Mom.Contracts.Jobs;
using Mom.Contracts.Json;
using Mom.Contracts.Users;

namespace Mom.Chaos.Load;

/// <summary>Somebody who registers, logs in, orders jobs and looks at them, and writes down what was promised.</summary>
internal sealed class SimulatedUser(ApiClient api, string email, Claims claims) : IDisposable
{
    private const string Password = "correct horse";
    private const int Tries = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _login = new(1, 1);
    private volatile string? _token;

    public string Email => email;

    /// <summary>Registers; a 409 after a try without an answer means that the try had succeeded.</summary>
    /// <returns>Whether the user is known to be there.</returns>
    public async Task<bool> RegisterAsync(CancellationToken cancellationToken)
    {
        claims.Registering(email);
        var body = new RegisterBody("Chaos", "Monkey", email, Password);
        for (var i = 0; i < Tries; i++)
        {
            var disk = claims.Disk;
            var answer = await api.PostAsync("/register", body, token: null, idempotencyKey: email, cancellationToken);
            if (answer.Status is HttpStatusCode.Created)
            {
                claims.Registered(email, isStored: true, disk);
                return true;
            }

            if (answer.Status is HttpStatusCode.Accepted)
            {
                // A promise too, where the broker has confirmed it; asked again until the user is there to log in.
                if (IsConfirmed(answer.Body))
                {
                    claims.Registered(email, isStored: false, disk);
                }
            }
            else if (answer.Status is HttpStatusCode.Conflict)
            {
                return true;
            }

            await Task.Delay(Pause, cancellationToken);
        }

        return false;
    }

    /// <summary>A token that is believed to be good; logs in when there is none.</summary>
    /// <returns><see langword="null"/> when logging in does not work at present.</returns>
    public async Task<string?> TokenAsync(CancellationToken cancellationToken)
    {
        if (_token is { } known)
        {
            return known;
        }

        await _login.WaitAsync(cancellationToken);
        try
        {
            return _token ??= await LogInAsync(cancellationToken);
        }
        finally
        {
            _login.Release();
        }
    }

    /// <summary>Orders a job, and asks again with the same key while there is no clear answer.</summary>
    public async Task OrderAsync(JobOrder order, CancellationToken cancellationToken)
    {
        claims.Asking(order, email);
        var key = $"{email}-{order.Marker}";
        for (var i = 0; i < Tries; i++)
        {
            if (await TokenAsync(cancellationToken) is { } token)
            {
                var disk = claims.Disk;
                var answer = await api.PostAsync("/job", new CreateJobBody(order.Type, [.. order.Details]), token, key, cancellationToken);
                if (answer.Status is HttpStatusCode.Created || (answer.Status is HttpStatusCode.Accepted && IsConfirmed(answer.Body)))
                {
                    claims.Promised(order.Marker, Id(answer.Body), answer.Status is HttpStatusCode.Created, disk);
                    return;
                }

                Note(answer);
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <summary>Reads something, as people do.</summary>
    public async Task LookAsync(string path, CancellationToken cancellationToken)
    {
        if (await TokenAsync(cancellationToken) is { } token)
        {
            Note(await api.GetAsync(path, token, cancellationToken));
        }
    }

    public void Dispose() => _login.Dispose();

    private async Task<string?> LogInAsync(CancellationToken cancellationToken)
    {
        var answer = await api.PostAsync("/login", new LoginBody(email, Password), token: null, idempotencyKey: null, cancellationToken);
        return answer.Status is HttpStatusCode.OK ? JsonSerializer.Deserialize(answer.Body, MomJsonContext.Default.Session)!.AccessToken : null;
    }

    // The session is gone, by time or with Redis: the next request logs in again.
    private void Note(Answer answer)
    {
        if (answer.Status is HttpStatusCode.Unauthorized)
        {
            _token = null;
        }
    }

    // A 202 without the broker's confirm promises nothing: it says where to look.
    private static bool IsConfirmed(string body)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.GetProperty("confirmed").GetBoolean();
    }

    // The same field in the body of a 201 and of a 202.
    private static Guid Id(string body)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.GetProperty("id").GetGuid();
    }
}
