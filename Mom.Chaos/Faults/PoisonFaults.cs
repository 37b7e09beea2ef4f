using System.Text.Json.Nodes;
using Mom.Contracts;

namespace Mom.Chaos.Faults;

/// <summary>Messages from outside that nobody can handle and that harm others where they are moved without care.</summary>
internal static class PoisonFaults
{
    private static readonly string[] Queues = [MomQueues.DbCommands, MomQueues.DbQueries, MomQueues.MathSteps, MomQueues.TextSteps, MomQueues.SocketNotifications];
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    // The broker sends copies to these queues, here and each time that the message is moved with these headers.
    private static readonly string[] Copies = [MomQueues.DbCommands, MomQueues.DbQueries];

    private static readonly JsonObject Copied = new() { ["CC"] = new JsonArray(Copies[0]), ["BCC"] = new JsonArray(Copies[1]) };

    // Every work queue takes one of each; all of them are then dead letters once.
    private static readonly JsonObject[] Headers =
    [
        // More than a frame of AMQP holds.
        new() { ["x-big"] = new string('h', 200_000) },
        Many(5_000),
        Copied,
    ];

    public static IEnumerable<Fault> All => [new("poison", "messages with headers that fit in no frame, or that would have them copied", PoisonAsync) { Lasts = false }];

    private static JsonObject Many(int count) =>
        new(Enumerable.Range(0, count).Select(number => KeyValuePair.Create($"header-{number}", (JsonNode?)JsonValue.Create(number))));

    private static async Task PoisonAsync(Ground ground)
    {
        var ids = new List<Guid>();
        var deaths = 0;
        foreach (var queue in Queues)
        {
            foreach (var headers in Headers)
            {
                ids.Add(Guid.NewGuid());
                var properties = new JsonObject { ["message_id"] = ids[^1].ToString(), ["type"] = "chaos.poison.v1", ["delivery_mode"] = 2, ["headers"] = headers.DeepClone() };
                await ground.Broker.PublishAsync(queue, properties, "no JSON");
                deaths += headers == Copied ? Copies.Append(queue).Distinct().Count() : 1;
            }
        }

        await UntilDiscardedAsync(ground, ids, deaths);
    }

    // They are dead letters that the fault intends: it waits for every one, and discards them as an administrator would.
    private static async Task UntilDiscardedAsync(Ground ground, List<Guid> ids, int deaths)
    {
        await using var database = DatabaseStatements.DatabaseOf(ground.System);
        await using var command = database.CreateCommand("update dead_letters set state = 'Discarded' where message_id = any($1) and state = 'Dead'");
        command.Parameters.AddWithValue(ids);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        for (var discarded = 0; discarded < deaths; discarded += await command.ExecuteNonQueryAsync(patience.Token))
        {
            await Task.Delay(Interval, patience.Token);
        }
    }
}
