using Mom.Contracts.Operations;
using Mom.Messaging.Consuming;
using Mom.Messaging.EntityFrameworkCore.DeadLetters;

namespace Mom.Workers.Database.DeadLetters;

internal static class DeadLettersExtensions
{
    public static void AddDeadLetters(this IServiceCollection services)
    {
        services.AddScoped<DeadLetterActions>();
        services.AddScoped<IDeadLetterObserver, DeadSteps>();
    }

    public static ConsumerBuilder AnswerDeadLetterCommands(this ConsumerBuilder consumer) => consumer
        .Answer<ReplayDeadLetter, DeadLetterDetail, ReplayDeadLetterHandler>()
        .Answer<EditDeadLetter, DeadLetterDetail, EditDeadLetterHandler>()
        .Answer<DiscardDeadLetter, DeadLetterDetail, DiscardDeadLetterHandler>()
        .Answer<StartDeadLetterOperation, DeadLetterOperation, StartDeadLetterOperationHandler>();

    public static ConsumerBuilder AnswerDeadLetterQueries(this ConsumerBuilder consumer) => consumer
        .Answer<ListDeadLetters, DeadLetterPage, ListDeadLettersHandler>()
        .Answer<GetDeadLetter, DeadLetterDetail, GetDeadLetterHandler>()
        .Answer<GetDeadLetterGroups, DeadLetterGroups, GetDeadLetterGroupsHandler>()
        .Answer<GetDeadLetterOperation, DeadLetterOperation, GetDeadLetterOperationHandler>()
        .Answer<ListDeadLetterOperations, DeadLetterOperationList, ListDeadLetterOperationsHandler>();
}
