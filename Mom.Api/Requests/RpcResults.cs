using Mom.Messaging;
using Mom.Messaging.Errors;
using Mom.Messaging.Rpc;

namespace Mom.Api.Requests;

/// <summary>Answers of commands over RPC.</summary>
internal static class RpcResults
{
    /// <summary>200 with the reply; 202 with a place to look when it does not come in time: the command is safe with the broker, and will be done.</summary>
    public static async Task<IResult> CommandAsync<TReply>(this IRpcClient rpc, IRequest<TReply> command, string location, CancellationToken cancellationToken)
        where TReply : class
    {
        try
        {
            return Results.Ok(await rpc.RequestAsync(command, RpcOptions.Command, cancellationToken));
        }
        catch (RequestTimeoutException)
        {
            return Results.Accepted(location);
        }
    }
}
