using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Messaging;
using Mom.Messaging.Consuming;
using Mom.Workers.Math;

namespace Mom.Workers;

/// <summary>The roles that do the operations of jobs, one of each job type. None of them has the database.</summary>
internal static class JobWorkerExtensions
{
    /// <summary>Consumes the queue of each job type that is a role of this process, with the handler of its message.</summary>
    public static void AddJobWorkers(this WebApplicationBuilder builder, MessagingBuilder messaging, WorkerRoles roles)
    {
        var types = JobTypes.All.Where(type => roles.Has(type.Name)).ToList();
        if (types.Count == 0)
        {
            return;
        }

        if (types.Contains(MathStep.JobType))
        {
            builder.AddMathService();
        }

        var senders = MomUsers.Only(builder.ChecksSenders(), MomUsers.DbWorker);
        var handlers = types.Select(type => typeof(IMessageHandler<>).MakeGenericType(type.Message)).ToList();
        messaging.AddHandlersFrom(typeof(JobWorkerExtensions).Assembly, discovery =>
        {
            discovery.Where = handler => handlers.Exists(handler.IsAssignableTo);
            foreach (var type in types)
            {
                discovery.Queue(type.Queue, configure: options => (options.Concurrency, options.Prefetch, options.AllowedSenders) = (type.AtOnce, type.AtOnce, senders));
            }
        });
    }
}
