using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Mom.Api.Admin.Queues;
using Mom.Api.Throttling;
using Mom.Api.Users;
using Mom.Contracts.Jobs;
using Mom.Contracts.Operations;
using Mom.Contracts.Recurring;
using Mom.Contracts.Users;
using Mom.Messaging.Errors;
using Mom.Sessions.Redis;

namespace Mom.Api.Problems;

/// <summary>The one place where exceptions become answers. What is not named here is a 500 without details.</summary>
internal sealed class ExceptionToProblem(IProblemDetailsService problems) : IExceptionHandler
{
    /// <summary>What a caller is told to wait before trying again, in seconds.</summary>
    private const int RetryAfterSeconds = 5;

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var problem = Describe(exception);
        httpContext.Response.StatusCode = problem.Status!.Value;
        if (problem.Status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests)
        {
            httpContext.Response.Headers.RetryAfter = $"{(exception as ThrottledException)?.RetryAfterSeconds ?? RetryAfterSeconds}";
        }

        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem });
    }

    internal static ProblemDetails Describe(Exception exception) => exception switch
    {
        BadHttpRequestException bad => UnreadableRequest.Describe(bad),
        RequestRefusedException refused => Problem(StatusOf(refused.Code), refused.Message),
        BrokerUnavailableException or MessageRefusedException or MessageUnroutableException =>
            Problem(StatusCodes.Status503ServiceUnavailable, "The message broker did not take the request. Nothing was done; send it again."),
        // Only what changes nothing gets here: see RpcResults.MayHaveArrived.
        MessageNotConfirmedException or RequestTimeoutException =>
            Problem(StatusCodes.Status503ServiceUnavailable, "There was no answer in time. Send the request again."),
        RequestUnavailableException =>
            Problem(StatusCodes.Status503ServiceUnavailable, "The database is unavailable at the moment. Send the request again."),
        RequestFailedException =>
            Problem(StatusCodes.Status500InternalServerError, "The request could not be handled, and would fail again. The trace id finds it in the logs."),
        MessageTooLargeException => Problem(StatusCodes.Status413PayloadTooLarge, "The request is too large to be passed on."),
        ThrottledException throttled => Problem(StatusCodes.Status429TooManyRequests, throttled.Message),
        HashQueueFullException full => Problem(StatusCodes.Status503ServiceUnavailable, full.Message),
        ManagementUnavailableException unavailable => Problem(StatusCodes.Status503ServiceUnavailable, unavailable.Message),
        _ when MomRedis.IsUnavailable(exception) =>
            Problem(StatusCodes.Status503ServiceUnavailable, "Sessions cannot be checked at the moment. Send the request again."),
        _ => Problem(StatusCodes.Status500InternalServerError, "Something went wrong here. The trace id finds it in the logs."),
    };

    private static int StatusOf(string code) => code switch
    {
        UserErrors.EmailTaken or UserErrors.LastAdministrator or UserErrors.PasswordChanged or JobErrors.WrongState or OperationErrors.WrongState or RecurringErrors.TooMany => StatusCodes.Status409Conflict,
        UserErrors.NotFound or JobErrors.NotFound or OperationErrors.NotFound or RecurringErrors.NotFound => StatusCodes.Status404NotFound,
        JobErrors.TooManyUnfinished => StatusCodes.Status429TooManyRequests,
        JobErrors.IdempotencyConflict or RecurringErrors.IdempotencyConflict => StatusCodes.Status422UnprocessableEntity,
        _ => StatusCodes.Status400BadRequest,
    };

    private static ProblemDetails Problem(int status, string detail) => new() { Status = status, Detail = detail };
}
