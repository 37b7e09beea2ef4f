using Microsoft.AspNetCore.SignalR;
using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Messaging.Consuming;
using Mom.Messaging.Diagnostics;
using Mom.Socket.Hubs;

namespace Mom.Socket.Events;

internal sealed class JobChangedHandler(IHubContext<UserHub> hub) : IMessageHandler<JobChanged>
{
    public Task HandleAsync(JobChanged message, MessageContext context, CancellationToken cancellationToken)
    {
        MessageTags.Set("mom.job.id", message.Job.Id);
        return hub.Clients.User(message.UserId.ToString()).SendAsync(SocketContract.JobChanged, message.Job, cancellationToken);
    }
}
