// Prints what is notified on the channel sandbox, until Ctrl+C.
#:package Npgsql
using Npgsql;

await using var connection = new NpgsqlConnection(Running.Database);
await connection.OpenAsync();
connection.Notification += (_, notification) => Console.WriteLine($"Received: {notification.Payload}");
await using (var listen = new NpgsqlCommand("listen sandbox", connection))
    await listen.ExecuteNonQueryAsync();

Console.WriteLine("Waiting for notifications. Ctrl+C ends.");
while (true)
    await connection.WaitAsync();
