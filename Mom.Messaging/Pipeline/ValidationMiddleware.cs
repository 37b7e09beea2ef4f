using System.ComponentModel.DataAnnotations;
using Mom.Messaging.Contracts;
using Mom.Messaging.Errors;

namespace Mom.Messaging.Pipeline;

/// <summary>
/// Checks a message by the attributes of its properties (<see cref="ValidationAttribute"/>, <see cref="IValidatableObject"/>) before its handler is
/// called. A request that is not valid is refused (<see cref="RefusalException"/>, code <see cref="Code"/>); any other message becomes a dead letter at
/// once. Of a batch each message is then handled alone, so that only the bad one does. On a record write <c>[property: Range(1, 10)]</c>.
/// </summary>
internal sealed class ValidationMiddleware(MessageRegistry registry) : IHandlingMiddleware
{
    /// <summary>The code of the refusal.</summary>
    public const string Code = "message.invalid";

    public Task InvokeAsync(HandlingContext context, HandlingStep next)
    {
        foreach (var (message, _) in context.Messages)
        {
            var wrong = new List<ValidationResult>();
            if (!Validator.TryValidateObject(message, new ValidationContext(message, context.Services, items: null), wrong, validateAllProperties: true))
            {
                var (contract, text) = (registry.Find(message.GetType()), string.Join(' ', wrong.Select(result => result.ErrorMessage)));
                throw contract.ReplyType is not null
                    ? new RefusalException(Code, text)
                    : new PermanentFailureException($"'{contract.Name}' is not valid: {text}");
            }
        }

        return next(context);
    }
}
