// Notifies all that listen on the channel sandbox; in a transaction, nobody hears of it before the commit.
#:package Npgsql
using Npgsql;

await using var source = NpgsqlDataSource.Create(Running.Database);
await using var connection = await source.OpenConnectionAsync();
await using var transaction = await connection.BeginTransactionAsync();
await using var notify = new NpgsqlCommand("select pg_notify('sandbox', $1)", connection, transaction) { Parameters = { new() { Value = args is [var first, ..] ? first : "Hello" } } };
await notify.ExecuteNonQueryAsync();
Console.WriteLine("Notified, and not yet committed");

await transaction.CommitAsync();
Console.WriteLine("Committed");
