using Mom.Messaging;
using Mom.Messaging.Errors;
using Mom.Messaging.Publishing;
using Mom.Messaging.Rpc;

namespace Mom.Api.Requests;

/// <summary>Answers of commands over RPC.</summary>
internal static class RpcResults
{
    /// <summary>
    /// Whether a command without a reply may have arrived: it was confirmed, or nobody knows. Then the answer is 202 with a place to look; to
    /// say that it failed would invite a second one. What has certainly not arrived is a 503.
    /// </summary>
    public static bool MayHaveArrived(MessagingException exception) =>
        exception is RequestTimeoutException or (MessageNotConfirmedException and not MessageRefusedException);

    public static bool IsConfirmed(MessagingException open) => open is RequestTimeoutException;

    /// <summary>202 with a place to look.</summary>
    public static IResult Accepted(string location, MessagingException open) =>
        Results.Accepted(location, new AcceptedCommand(location, IsConfirmed(open)));

    /// <summary>200 with the reply, or 202.</summary>
    public static async Task<IResult> CommandAsync<TReply>(this IRpcClient rpc, IRequest<TReply> command, string location, CancellationToken cancellationToken)
        where TReply : class
    {
        try
        {
            return Results.Ok(await rpc.RequestAsync(command, RpcOptions.Command, cancellationToken));
        }
        catch (MessagingException open) when (MayHaveArrived(open))
        {
            return Accepted(location, open);
        }
    }

    /// <summary>202 for a command that nobody answers.</summary>
    public static async Task<IResult> AcceptAsync<TMessage>(this IMessagePublisher publisher, TMessage message, string location, CancellationToken cancellationToken)
        where TMessage : class
    {
        try
        {
            await publisher.PublishAsync(message, cancellationToken: cancellationToken);
            return Results.Accepted(location, new AcceptedCommand(location, Confirmed: true));
        }
        catch (MessagingException open) when (MayHaveArrived(open))
        {
            return Accepted(location, open);
        }
    }
}

/// <summary>The answer 202.</summary>
/// <param name="Location">Where to look for what becomes of it.</param>
/// <param name="Confirmed">
/// Whether the broker has confirmed it: then it will be done. If not, it may or may not have arrived; look, and if nothing has become of it
/// send it again, with the same <c>Idempotency-Key</c> where there was one.
/// </param>
internal sealed record AcceptedCommand(string Location, bool Confirmed);
