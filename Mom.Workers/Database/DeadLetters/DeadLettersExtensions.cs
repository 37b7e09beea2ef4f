using Mom.Contracts.Operations;
using Mom.Messaging;
using Mom.Messaging.Consuming;
using Mom.Messaging.DeadLetters;

namespace Mom.Workers.Database.DeadLetters;

internal static class DeadLettersExtensions
{
    public static void AddDeadLetters(this MessagingBuilder messaging)
    {
        messaging.Services.AddScoped<DeadLetterDecisions>();
        messaging.Services.AddScoped<DeadLetterActions>();
        messaging.Services.AddScoped<ReplayedMessages>();
        messaging.Services.AddScoped<DeadSteps>();
        messaging.Services.AddHostedService<DeadLetterOperations>();
        messaging.AddDeadLetterStore<DeadLetterStore>();
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
