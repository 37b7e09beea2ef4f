namespace Mom.Messaging.Errors;

/// <summary>No confirm came in time. The message may have arrived, or may arrive yet.</summary>
/// <param name="type">Wire name of the message.</param>
/// <param name="after">How long it was waited for.</param>
/// <param name="blockedReason">Why the broker blocks publishers meanwhile, or <see langword="null"/> when it does not.</param>
public sealed class ConfirmTimeoutException(string type, TimeSpan after, string? blockedReason)
    : MessageNotConfirmedException(
        $"The broker did not confirm '{type}' within {after.TotalSeconds:0.#} s" +
        (blockedReason is null ? string.Empty : $", for it blocks publishers ({blockedReason})") +
        ". Publish it again later with the same message id.");
