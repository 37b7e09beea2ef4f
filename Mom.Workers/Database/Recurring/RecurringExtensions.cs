using Mom.Contracts.Recurring;
using Mom.Messaging.Consuming;

namespace Mom.Workers.Database.Recurring;

internal static class RecurringExtensions
{
    public static ConsumerBuilder AnswerRecurringCommands(this ConsumerBuilder consumer) => consumer
        .Answer<CreateRecurringJob, RecurringJob, CreateRecurringJobHandler>()
        .Answer<PauseRecurringJob, RecurringJob, PauseRecurringJobHandler>()
        .Answer<DeleteRecurringJob, RecurringJobDeleted, DeleteRecurringJobHandler>();

    public static ConsumerBuilder AnswerRecurringQueries(this ConsumerBuilder consumer) => consumer
        .Answer<ListRecurringJobs, RecurringJobList, ListRecurringJobsHandler>()
        .Answer<GetRecurringJob, RecurringJob, GetRecurringJobHandler>();
}
