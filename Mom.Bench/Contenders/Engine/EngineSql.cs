namespace Mom.Bench.Contenders.Engine;

/// <summary>The engine's tables, looked at from outside.</summary>
internal static class EngineSql
{
    public const string Empty = "truncate outbox, inbox, effects";

    public const string CountOutbox = "select count(*) from outbox";

    public const string IsOutboxEmpty = "select not exists (select from outbox)";
}
