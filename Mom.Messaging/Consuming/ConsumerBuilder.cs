using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Mom.Messaging.Errors;
using Mom.Messaging.Pipeline;
using Mom.Messaging.Retries;
using Mom.Messaging.Rpc;

namespace Mom.Messaging.Consuming;

/// <summary>Adds handlers to the consumer of one queue.</summary>
public sealed class ConsumerBuilder
{
    private readonly IServiceCollection _services;
    private readonly ConsumerRegistration _registration;
    private IReadOnlyCollection<string>? _senders;
    private Func<IServiceProvider, IMessageGuard>? _guard;

    internal ConsumerBuilder(IServiceCollection services, ConsumerRegistration registration)
    {
        _services = services;
        _registration = registration;
    }

    /// <summary>The services of the process.</summary>
    public IServiceCollection Services => _services;

    /// <summary>The queue.</summary>
    public string Queue => _registration.Queue.Name;

    /// <summary>Whether a message has a handler here.</summary>
    internal bool Handles(Type message) => _registration.Handlers.ContainsKey(message);

    /// <summary>Runs code around every handler of this consumer, within that of all consumers (<see cref="MessagingBuilder.Use{TMiddleware}"/>).</summary>
    /// <typeparam name="TMiddleware">Created for each call of a handler, in its scope. The order of adding is the order of running.</typeparam>
    public ConsumerBuilder Use<TMiddleware>()
        where TMiddleware : class, IHandlingMiddleware
    {
        _services.TryAddScoped<TMiddleware>();
        _registration.Add(static services => services.GetRequiredService<TMiddleware>());
        return this;
    }

    /// <summary>
    /// Says what becomes of a message when its handler fails with an exception of a type or one derived from it. The first rule that covers an exception
    /// holds, so the narrow ones come first. What the engine knows by itself stays as it is: a message that is unreadable, unknown or refused, a
    /// <see cref="PermanentFailureException"/>, a <see cref="RefusalException"/>, and whatever <see cref="IOutageGate"/> calls an outage.
    /// </summary>
    /// <typeparam name="TException">Which exceptions; <see cref="Exception"/> for all.</typeparam>
    /// <param name="policy">What becomes of it.</param>
    /// <param name="when">Which of these; by default all.</param>
    /// <example><code>
    /// consumer
    ///     .OnFailure&lt;DBConcurrencyException&gt;(policy => policy.Immediately(3))
    ///     .OnFailure&lt;HttpRequestException&gt;(policy => policy.After(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1)))
    ///     .OnFailure&lt;FormatException&gt;(policy => policy.DeadLetter());
    /// </code></example>
    public ConsumerBuilder OnFailure<TException>(Action<FailurePolicy> policy, Func<TException, bool>? when = null)
        where TException : Exception
    {
        ArgumentNullException.ThrowIfNull(policy);
        var chosen = new FailurePolicy();
        policy(chosen);
        _registration.Add(chosen.For(failure => failure is TException exception && when?.Invoke(exception) != false));
        return this;
    }

    /// <summary>
    /// Accepts the messages whose handlers are added after it from these users of the broker alone, in place of
    /// <see cref="ConsumerOptions.AllowedSenders"/>; <see langword="null"/> returns to that.
    /// </summary>
    /// <param name="users">Names of broker users. The user of this process may always send to its own queues.</param>
    public ConsumerBuilder From(IReadOnlyCollection<string>? users)
    {
        _senders = users;
        return this;
    }

    /// <summary>Runs a guard for each message of the handlers that are added within, before its handler is called.</summary>
    /// <typeparam name="TGuard">Created for each message.</typeparam>
    /// <param name="add">Adds the handlers. None for batches: those are called for many messages at once.</param>
    public ConsumerBuilder Guarded<TGuard>(Action<ConsumerBuilder> add)
        where TGuard : class, IMessageGuard
    {
        ArgumentNullException.ThrowIfNull(add);
        _services.TryAddScoped<TGuard>();
        _guard = static services => services.GetRequiredService<TGuard>();
        add(this);
        _guard = null;
        return this;
    }

    /// <summary>Handles messages of type <typeparamref name="TMessage"/> with <typeparamref name="THandler"/>, created for each message.</summary>
    public ConsumerBuilder Handle<TMessage, THandler>()
        where TMessage : class
        where THandler : class, IMessageHandler<TMessage>
    {
        _services.AddScoped<THandler>();
        Add(typeof(TMessage), typeof(THandler), static async (services, message, context, cancellationToken) =>
        {
            await services.GetRequiredService<THandler>().HandleAsync((TMessage)message, context, cancellationToken).ConfigureAwait(false);
            return null;
        });
        return this;
    }

    /// <summary>Answers requests of type <typeparamref name="TRequest"/> with <typeparamref name="THandler"/>, created for each request.</summary>
    public ConsumerBuilder Answer<TRequest, TReply, THandler>()
        where TRequest : class, IRequest<TReply>
        where TReply : class
        where THandler : class, IRequestHandler<TRequest, TReply>
    {
        _services.AddScoped<THandler>();
        Add(typeof(TRequest), typeof(THandler), static async (services, message, context, cancellationToken) =>
            await services.GetRequiredService<THandler>().HandleAsync((TRequest)message, context, cancellationToken).ConfigureAwait(false));
        return this;
    }

    /// <summary>
    /// Handles messages of type <typeparamref name="TMessage"/> many at a time with <typeparamref name="THandler"/>, created for
    /// each batch. The queue's prefetch grows to <paramref name="maxMessages"/> where it is smaller.
    /// </summary>
    /// <param name="maxMessages">At most so many messages in one call, 1 to 1,000.</param>
    /// <param name="within">
    /// How long the first message waits for the others, up to 1 minute; what has come by then is handled. With <see cref="TimeSpan.Zero"/> nothing waits:
    /// as soon as a place is free, all that has come by then is handled together.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public ConsumerBuilder HandleBatch<TMessage, THandler>(int maxMessages, TimeSpan within)
        where TMessage : class
        where THandler : class, IBatchHandler<TMessage>
    {
        CheckBatch(typeof(TMessage), maxMessages, within);
        _services.AddScoped<THandler>();
        Add(typeof(TMessage), typeof(THandler), static async (services, message, context, cancellationToken) =>
        {
            await CallAsync(services, [(message, context)], cancellationToken).ConfigureAwait(false);
            return null;
        });
        _registration.Batches.Add(typeof(TMessage), new BatchRegistration(maxMessages, within, CallAsync));
        return this;

        static async Task<IReadOnlyList<object>?> CallAsync(
            IServiceProvider services, IReadOnlyList<(object Message, MessageContext Context)> messages, CancellationToken cancellationToken)
        {
            await services.GetRequiredService<THandler>().HandleAsync(
                [.. messages.Select(item => new Delivered<TMessage>((TMessage)item.Message, item.Context))],
                cancellationToken).ConfigureAwait(false);
            return null;
        }
    }

    /// <summary>
    /// Answers requests of type <typeparamref name="TRequest"/> many at a time with <typeparamref name="THandler"/>, created for each batch. Numbers and
    /// exceptions are those of <see cref="HandleBatch{TMessage, THandler}"/>; as somebody waits for the replies, <paramref name="within"/> should be
    /// <see cref="TimeSpan.Zero"/>, or a few milliseconds.
    /// </summary>
    /// <param name="maxMessages">At most so many requests in one call, 1 to 1,000.</param>
    /// <param name="within">How long the first request waits for the others.</param>
    public ConsumerBuilder AnswerBatch<TRequest, TReply, THandler>(int maxMessages, TimeSpan within)
        where TRequest : class, IRequest<TReply>
        where TReply : class
        where THandler : class, IBatchRequestHandler<TRequest, TReply>
    {
        CheckBatch(typeof(TRequest), maxMessages, within);
        _services.AddScoped<THandler>();
        Add(typeof(TRequest), typeof(THandler), static async (services, message, context, cancellationToken) =>
            (await CallAsync(services, [(message, context)], cancellationToken).ConfigureAwait(false))![0]);
        _registration.Batches.Add(typeof(TRequest), new BatchRegistration(maxMessages, within, CallAsync));
        return this;

        static async Task<IReadOnlyList<object>?> CallAsync(
            IServiceProvider services, IReadOnlyList<(object Message, MessageContext Context)> messages, CancellationToken cancellationToken)
        {
            var answers = await services.GetRequiredService<THandler>().HandleAsync(
                [.. messages.Select(item => new Delivered<TRequest>((TRequest)item.Message, item.Context))],
                cancellationToken).ConfigureAwait(false);
            return answers.Count == messages.Count
                ? [.. answers.Select(answer => answer.Refusal is { } refusal ? new Refusal(refusal.Code, refusal.Message) : (object)answer.Reply!)]
                : throw new InvalidOperationException($"{typeof(THandler).Name} gave {answers.Count} answers to {messages.Count} requests.");
        }
    }

    private void CheckBatch(Type message, int maxMessages, TimeSpan within)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxMessages, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxMessages, 1_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(within, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(within, TimeSpan.FromMinutes(1));
        if (_registration.PlacesPerKey > 0)
        {
            throw new InvalidOperationException($"{message.Name} is handled in batches, and '{Queue}' counts its messages by their keys: a batch has many. Handle them one by one, or remove the keys.");
        }

        if (_guard is not null)
        {
            throw new InvalidOperationException($"{message.Name} is handled in batches, and a guard looks at one message at a time. Add it outside of {nameof(Guarded)}.");
        }
    }

    private void Add(Type message, Type handler, HandlerCall call)
    {
        var guard = _guard;
        _registration.Add(
            message,
            guard is null ? call : (services, body, context, cancellationToken) =>
            {
                guard(services).Check(body, context);
                return call(services, body, context, cancellationToken);
            },
            _senders);
        _services.AddSingleton(new RegisteredHandler(Queue, message, handler));
    }
}
