global using UnitOfWork = Mom.Messaging.EntityFrameworkCore.Transactions.UnitOfWork<Mom.Workers.Database.Model.MomDbContext>;

namespace Mom.Workers.Database;

/// <summary>By which keys the db worker's messages leave the outbox in order.</summary>
internal static class OutboxKeys
{
    /// <summary>The key of what belongs to a job, or to something else with an id.</summary>
    public static string Of(Guid key) => key.ToString();

    /// <summary>The key of what <see cref="Push"/> adds.</summary>
    public static string OfPush(Guid about) => $"push {about}";

    /// <summary>Adds a message to the outbox: it is sent after the commit, after all others with the same key.</summary>
    public static void Send(this UnitOfWork work, Guid key, object message) => work.Send(Of(key), message);

    /// <summary>
    /// Adds an event to the outbox that tells the pages of a user about a job, after the other such events of the same job; or about something else
    /// of the user, likewise. What the job itself sends never waits for them.
    /// </summary>
    public static void Push(this UnitOfWork work, Guid about, object message) => work.Send(OfPush(about), message);
}
