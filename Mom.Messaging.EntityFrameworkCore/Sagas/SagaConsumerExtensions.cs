using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Mom.Messaging.Consuming;

namespace Mom.Messaging.EntityFrameworkCore.Sagas;

/// <summary>Registers sagas.</summary>
public static class SagaConsumerExtensions
{
    private static readonly Type[] Kinds = [typeof(IStartedBy<>), typeof(IContinuedBy<>), typeof(ITimesOut<>)];

    /// <summary>
    /// Handles the messages of a saga: all for which it implements <see cref="IStartedBy{TMessage}"/>, <see cref="IContinuedBy{TMessage}"/> or
    /// <see cref="ITimesOut{TMessage}"/>. The engine has the unit of work of the context (<see cref="MessagingBuilderExtensions.AddPostgres{TContext}"/>).
    /// </summary>
    /// <typeparam name="TContext">A context whose model calls <see cref="SagaModelBuilderExtensions.AddSagas"/>.</typeparam>
    /// <typeparam name="TSaga">The saga. It is read by reflection, once, at start.</typeparam>
    /// <typeparam name="TState">Its state.</typeparam>
    /// <param name="consumer">Of the queue that its messages go to.</param>
    /// <param name="name">Under which its state is stored. It never changes, whatever becomes of the name of the class.</param>
    /// <param name="json">Source-generated JSON of the state.</param>
    /// <exception cref="InvalidOperationException">Nothing starts it.</exception>
    public static ConsumerBuilder AddSaga<TContext, TSaga, TState>(this ConsumerBuilder consumer, string name, JsonTypeInfo<TState> json)
        where TContext : DbContext
        where TSaga : Saga<TState>
        where TState : class, new()
    {
        ArgumentNullException.ThrowIfNull(consumer);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(json);
        var handled = typeof(TSaga).GetInterfaces().Where(each => each.IsGenericType && Kinds.Contains(each.GetGenericTypeDefinition())).ToList();
        if (!handled.Exists(each => each.GetGenericTypeDefinition() == typeof(IStartedBy<>)))
        {
            throw new InvalidOperationException($"Nothing starts {typeof(TSaga).Name}: let it implement IStartedBy of one of its messages.");
        }

        consumer.Services.AddSingleton(new SagaDefinition<TSaga, TState>(name, json));
        consumer.Services.TryAddScoped<TSaga>();
        consumer.Services.AddHostedService<SagaStart<TContext>>();
        var add = typeof(SagaConsumerExtensions).GetMethod(nameof(Add), BindingFlags.Static | BindingFlags.NonPublic)!;
        foreach (var message in handled.Select(each => each.GenericTypeArguments[0]).Distinct())
        {
            add.MakeGenericMethod(typeof(TContext), typeof(TSaga), typeof(TState), message).Invoke(null, [consumer]);
        }

        return consumer;
    }

    private static void Add<TContext, TSaga, TState, TMessage>(ConsumerBuilder consumer)
        where TContext : DbContext
        where TSaga : Saga<TState>
        where TState : class, new()
        where TMessage : class, IPartitioned => consumer.Handle<TMessage, SagaHandler<TContext, TSaga, TState, TMessage>>();
}
