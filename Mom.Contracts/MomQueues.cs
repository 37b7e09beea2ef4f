namespace Mom.Contracts;

/// <summary>The names of the work queues.</summary>
public static class MomQueues
{
    /// <summary>Everything that changes the database. Consumed by the db worker.</summary>
    public const string DbCommands = "db.commands";

    /// <summary>Reads: never persisted, and they expire with their caller. Consumed by the db worker.</summary>
    public const string DbQueries = "db.queries";

    /// <summary>One operation of one math job each. Consumed by the math worker.</summary>
    public const string MathSteps = "math.steps";

    /// <summary>One operation of one text job each. Consumed by the text worker.</summary>
    public const string TextSteps = "text.steps";

    /// <summary>Events on their way to users. Consumed by the socket.</summary>
    public const string SocketNotifications = "socket.notifications";
}
