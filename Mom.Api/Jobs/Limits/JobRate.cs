using System.Globalization;
using Microsoft.Extensions.Options;
using Mom.Api.Requests;
using Mom.Contracts;
using Mom.Contracts.Users;
using Mom.Sessions.Store;

namespace Mom.Api.Jobs.Limits;

/// <summary>
/// A token bucket for each user in Redis, the same for all replicas of the API: it holds <see cref="JobRateOptions.AtOnce"/> tokens, an order takes
/// one, and <see cref="JobRateOptions.PerSecond"/> come back each second (OWASP API Security, API4:2023). Administrators are not held back: the rate
/// is there for one user's sake against another's.
/// </summary>
/// <remarks>
/// An order that is sent again takes no second token, up to ten times: it makes no second job, but it is work. So is an order that is refused for
/// what is in it, and takes one.
/// </remarks>
internal sealed class JobRate(IOptions<JobRateOptions> options) : IRequestAllowance
{
    /// <inheritdoc/>
    public Allowance AllowanceOf(HttpContext http, Guid userId) => new(
        MomCacheKeys.JobAllowance(userId),
        options.Value.PerSecond,
        options.Value.AtOnce,
        // The caller chose the id of the job: so the same order may come again.
        IdempotencyKey.IdOf(http.Request, userId.ToString()) is { } id ? MomCacheKeys.CountedOrder(userId, id) : null,
        UserRole.Admin);

    /// <summary>The answer to an order that is one too many at present.</summary>
    public static IResult TooFast(HttpContext http, TimeSpan wait)
    {
        http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Results.Problem("You order jobs faster than a user may. Nothing was done; send it again later.", statusCode: StatusCodes.Status429TooManyRequests);
    }
}
