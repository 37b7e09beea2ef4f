using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;
using Mom.Messaging.Publishing;
using Mom.Messaging.Retries;
using Mom.Messaging.Rpc;
using Mom.Messaging.Testing.Broker;
using Mom.Messaging.Testing.Observing;

namespace Mom.Messaging.Testing;

/// <summary>
/// Runs handlers with all of the engine, on a broker in memory and with a time that only the test moves: middleware, failure policies, retries, delays, requests
/// and dead letters are those of production, and there is no server and no waiting.
/// </summary>
/// <example><code>
/// await using var harness = await MessagingHarness.StartAsync(services =&gt;
///     services.AddMessaging("shop").AddHandlersFrom(typeof(PlaceOrder).Assembly));
/// await harness.PublishAsync(new PlaceOrder(1));
/// Assert.Equal(1, (await harness.Published&lt;OrderPlaced&gt;()).Message.Number);
/// </code></example>
public sealed class MessagingHarness : IAsyncDisposable
{
    private readonly HarnessOptions _options;
    private readonly Journal _journal;
    private readonly MemoryBroker _broker;
    private readonly WaitingRequests _requests;
    private readonly DateTimeOffset _started;
    private readonly List<HarnessProcess> _processes = [];

    private MessagingHarness(HarnessOptions options)
    {
        _options = options;
        _started = options.Time.GetUtcNow();
        _journal = new Journal(options.Time);
        _broker = new MemoryBroker(options.Time, Published);
        _requests = new WaitingRequests(_broker.Workload, options.Time);
    }

    /// <summary>The time of all processes. Its own <c>Advance</c> moves it at once, also while handlers are at work: for a handler that waits itself.</summary>
    public FakeTimeProvider Time => _options.Time;

    /// <summary>The services of the first process.</summary>
    public IServiceProvider Services => _processes[0].Services;

    /// <summary>Starts a process, and waits until all of its queues are consumed.</summary>
    /// <param name="configure">Registers the messaging and what the handlers need, as the program does. Connection and time are replaced.</param>
    /// <param name="options">The time, other services, and how long to wait for what hangs.</param>
    /// <exception cref="InvalidOperationException">What was registered cannot work, and says why.</exception>
    public static async Task<MessagingHarness> StartAsync(Action<IServiceCollection> configure, HarnessOptions? options = null)
    {
        var harness = new MessagingHarness(options ?? new HarnessOptions());
        try
        {
            await harness.AddProcessAsync(configure).ConfigureAwait(false);
            return harness;
        }
        catch
        {
            await harness.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Starts one more process on the same broker: another service, or another replica of the same.</summary>
    /// <param name="configure">As in <see cref="StartAsync"/>.</param>
    /// <param name="user">The broker's user that it connects as, for <c>AllowedSenders</c>.</param>
    /// <returns>Its services.</returns>
    public async Task<IServiceProvider> AddProcessAsync(Action<IServiceCollection> configure, string user = "guest")
    {
        ArgumentNullException.ThrowIfNull(configure);
        var process = HarnessProcess.Build(configure, _broker, _journal, _requests, Time, user);
        _processes.Add(process);
        await process.StartAsync(_broker, _journal, _options).ConfigureAwait(false);
        return process.Services;
    }

    /// <summary>Publishes a message, as a program that is not a handler does.</summary>
    /// <inheritdoc cref="IMessagePublisher.PublishAsync{TMessage}"/>
    public Task PublishAsync<TMessage>(TMessage message, PublishOptions? options = null)
        where TMessage : class => Services.GetRequiredService<IMessagePublisher>().PublishAsync(message, options);

    /// <summary>Sends a request and waits for its reply. A request that nobody answers waits for its timeout by the harness's time: await it after <see cref="AdvanceAsync"/>.</summary>
    /// <inheritdoc cref="IRpcClient.RequestAsync{TReply}"/>
    public Task<TReply> RequestAsync<TReply>(IRequest<TReply> request, RpcOptions? options = null)
        where TReply : class => Services.GetRequiredService<IRpcClient>().RequestAsync(request, options);

    /// <summary>Expects a command or an event to be published, by the test or by a handler. The engine's own copies, such as retries, are not among them.</summary>
    /// <typeparam name="TMessage">Its type, or a base of it.</typeparam>
    public Expectation<PublishedMessage<TMessage>> Published<TMessage>()
        where TMessage : class => Sent<TMessage>(SightingKind.Published, "published");

    /// <summary>Expects a request to be sent.</summary>
    /// <typeparam name="TRequest">Its type.</typeparam>
    public Expectation<PublishedMessage<TRequest>> Requested<TRequest>()
        where TRequest : class => Sent<TRequest>(SightingKind.Requested, "requested");

    /// <summary>Expects a reply to be sent.</summary>
    /// <typeparam name="TReply">Its type; <see cref="Refusal"/> where the request was refused, <see cref="Failure"/> where it failed.</typeparam>
    public Expectation<PublishedMessage<TReply>> Replied<TReply>()
        where TReply : class => Sent<TReply>(SightingKind.Replied, "replied");

    /// <summary>Expects a message to be handled: its handler has returned. An event is handled once by each of its consumers.</summary>
    /// <typeparam name="TMessage">Its type.</typeparam>
    public Expectation<HandledMessage<TMessage>> Handled<TMessage>()
        where TMessage : class => Expect(
            $"{typeof(TMessage).Name} to be handled",
            SightingKind.Handled,
            sighting => sighting.Message is TMessage message
                ? new HandledMessage<TMessage>(message, sighting.Delivery!, sighting.Reply, sighting.Exception as RefusalException, sighting.At)
                : null);

    /// <summary>Expects an attempt to handle a message to fail. Each call of the handler that throws is one, also those of one attempt that are made at once.</summary>
    /// <typeparam name="TMessage">Its type.</typeparam>
    public Expectation<FailedAttempt<TMessage>> Failed<TMessage>()
        where TMessage : class => Expect(
            $"attempt to handle {typeof(TMessage).Name} to fail",
            SightingKind.Failed,
            sighting => sighting.Message is TMessage message ? new FailedAttempt<TMessage>(message, sighting.Delivery!, sighting.Exception!, sighting.At) : null);

    /// <summary>Expects a message to become a dead letter.</summary>
    /// <typeparam name="TMessage">Its type; <see cref="object"/> for any, also of an unknown type.</typeparam>
    public Expectation<DeadLetter<TMessage>> DeadLettered<TMessage>()
        where TMessage : class => Expect(
            $"{(typeof(TMessage) == typeof(object) ? "message" : typeof(TMessage).Name)} to become a dead letter", SightingKind.DeadLettered, DeadLetterOf<TMessage>);

    /// <summary>Waits until nothing is in flight: all that could happen without the time moving has happened.</summary>
    /// <exception cref="TimeoutException">A handler did not end within <see cref="HarnessOptions.Patience"/>.</exception>
    public async Task IdleAsync()
    {
        try
        {
            await _broker.Workload.IdleAsync(_options.Patience).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException(
                $"Handlers were still at work after {_options.Patience.TotalSeconds:0} s of real time. One that waits by the harness's time goes on when the test calls Time.Advance; for a debugger set HarnessOptions.Patience.{Environment.NewLine}{Report()}",
                exception);
        }
    }

    /// <summary>
    /// Moves the time, from one message that becomes due to the next, and lets all that follows from each happen before it goes on.
    /// </summary>
    /// <param name="time">How far, zero or more.</param>
    /// <exception cref="TimeoutException">A handler did not end within <see cref="HarnessOptions.Patience"/>.</exception>
    public async Task AdvanceAsync(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        var end = Time.GetUtcNow() + time;
        await IdleAsync().ConfigureAwait(false);
        while (_broker.NextDue is { } due && due <= end)
        {
            await StepAsync(due).ConfigureAwait(false);
        }

        await StepAsync(end).ConfigureAwait(false);
    }

    /// <summary>Moves the time until no message waits for it: all retries and delays have come to their end.</summary>
    /// <returns>How far the time was moved.</returns>
    /// <exception cref="InvalidOperationException">After <see cref="HarnessOptions.MostSteps"/> there is still one.</exception>
    public async Task<TimeSpan> AdvanceToEndAsync()
    {
        var began = Time.GetUtcNow();
        await IdleAsync().ConfigureAwait(false);
        for (var step = 0; _broker.NextDue is { } due; step++)
        {
            if (step == _options.MostSteps)
            {
                throw new InvalidOperationException($"After {_options.MostSteps} steps, {Time.GetUtcNow() - began}, a message still waits for its time: something schedules itself again. Use AdvanceAsync.{Environment.NewLine}{Report()}");
            }

            await StepAsync(due).ConfigureAwait(false);
        }

        return Time.GetUtcNow() - began;
    }

    /// <summary>What happened so far, as it stands in the text of an expectation that is not met.</summary>
    public string Report() => Observing.Report.Of(_journal, _broker, _started, Time.GetUtcNow());

    /// <summary>Stops all processes.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(_processes))
        {
            await process.DisposeAsync().ConfigureAwait(false);
        }

        _broker.Dispose();
    }

    private void Published(StoredMessage message)
    {
        if (_journal.Published(message) is { Kind: SightingKind.Replied, Envelope.CorrelationId: { } request })
        {
            _requests.Replied(request);
        }
    }

    private async Task StepAsync(DateTimeOffset until)
    {
        var step = until - Time.GetUtcNow();
        if (step > TimeSpan.Zero)
        {
            Time.Advance(step);
        }

        // By its own timer it has expired them; what is due at the very moment is no matter of rounding.
        _broker.Expire();
        await IdleAsync().ConfigureAwait(false);
    }

    private Expectation<PublishedMessage<TMessage>> Sent<TMessage>(SightingKind kind, string verb)
        where TMessage : class => Expect(
            $"{typeof(TMessage).Name} to be {verb}",
            kind,
            sighting => sighting is { Message: TMessage message, Envelope: { } envelope }
                ? new PublishedMessage<TMessage>(message, envelope.MessageId, sighting.Where, envelope.Priority, sighting.At, sighting.DeliverAt, envelope.Headers)
                : null);

    private static DeadLetter<TMessage>? DeadLetterOf<TMessage>(Sighting sighting)
        where TMessage : class
    {
        var headers = sighting.Envelope!.Headers;
        return typeof(TMessage) == typeof(object) || sighting.Type?.IsAssignableTo(typeof(TMessage)) == true
            ? new DeadLetter<TMessage>(
                sighting.Message as TMessage,
                sighting.Envelope.MessageId,
                Text(MessageHeaders.OriginQueue) ?? sighting.Where,
                Enum.Parse<DeadLetterReason>(Text(MessageHeaders.DeadReason)!),
                int.Parse(Text(MessageHeaders.Attempt) ?? "1", CultureInfo.InvariantCulture),
                Text(MessageHeaders.ExceptionType),
                Text(MessageHeaders.ExceptionMessage),
                sighting.At,
                headers)
            : null;

        string? Text(string name) => headers.GetValueOrDefault(name)?.ToString();
    }

    private Expectation<TFound> Expect<TFound>(string what, SightingKind kind, Func<Sighting, TFound?> select)
        where TFound : class =>
        new(what, IdleAsync, () => _journal.All.Where(sighting => sighting.Kind == kind).Select(select).OfType<TFound>(), Report);
}
