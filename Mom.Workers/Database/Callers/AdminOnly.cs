using System.Reflection;
using Mom.Contracts.Callers;
using Mom.Contracts.Users;
using Mom.Messaging;
using Mom.Messaging.Consuming;
using Mom.Messaging.Errors;

namespace Mom.Workers.Database.Callers;

/// <summary>Admits messages that an administrator caused through the API, by the API's signed assertion. A login at the broker alone is not enough.</summary>
internal sealed class AdminOnly(CallerVerifier verifier, CurrentCaller current) : IMessageGuard
{
    public void Check(object message, MessageContext context)
    {
        var type = message.GetType().GetCustomAttribute<MessageAttribute>()!.Name;
        var assertion = context.Headers.GetValueOrDefault(Caller.Header) as string;
        if (verifier.WhatIsWrong(assertion, context.MessageId, type, out var caller) is { } wrong)
        {
            throw new SenderRefusedException($"'{type}' is for administrators, and {wrong}.");
        }

        if (!string.Equals(caller!.Role, UserRole.Admin, StringComparison.Ordinal))
        {
            throw new SenderRefusedException($"'{type}' is for administrators, and its caller is none.");
        }

        current.Is(caller);
    }
}

/// <summary>Who sent the message that is being handled, as it was verified.</summary>
internal sealed class CurrentCaller
{
    private Caller? _caller;

    /// <summary>What the audit trail names.</summary>
    /// <exception cref="InvalidOperationException">The message is not privileged, so nobody has looked.</exception>
    public string Name => _caller?.Email ?? throw new InvalidOperationException("The caller of this message was not verified.");

    public void Is(Caller caller) => _caller = caller;
}
