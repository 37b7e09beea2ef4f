namespace Mom.Messaging.Rpc;

/// <summary>Adds headers to each request that this process sends, such as on whose behalf it is. Register any number of them; they are singletons.</summary>
public interface IRequestHeaders
{
    /// <summary>Called in the context of the one who sends the request, each time that it is sent.</summary>
    /// <param name="messageId">The request's identity.</param>
    /// <param name="type">Its wire name.</param>
    /// <param name="headers">To be added to. Keep them small: all headers together must fit into a frame, 128 KiB by default.</param>
    void Add(Guid messageId, string type, IDictionary<string, object?> headers);
}
