// Three workers share the rows of a table: each takes rows that no other has locked, and nobody waits. An outbox works like this.
#:package Npgsql
using System.Collections.Concurrent;
using Npgsql;

const int Rows = 30;
await using var source = NpgsqlDataSource.Create(Running.Database);
// Unlogged and of this run alone: an experiment leaves nothing behind.
var table = $"sandbox_{Guid.NewGuid():N}";
await ExecuteAsync($"create unlogged table {table} (id int primary key); insert into {table} select generate_series(1, {Rows})");

var takenBy = new ConcurrentDictionary<int, string>();
await Task.WhenAll(new[] { "A", "B", "C" }.Select(WorkAsync));
foreach (var worker in takenBy.GroupBy(row => row.Value).OrderBy(group => group.Key))
    Console.WriteLine($"Worker {worker.Key} took {worker.Count()} rows");
Console.WriteLine($"{takenBy.Count} of {Rows} rows, each once");
await ExecuteAsync($"drop table {table}");

async Task WorkAsync(string name)
{
    await using var connection = await source.OpenConnectionAsync();
    while (true)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        // Deleted in the same transaction: a worker that dies before its commit has taken nothing, and another gets the rows.
        await using var take = new NpgsqlCommand($"delete from {table} where id in (select id from {table} order by id for update skip locked limit 2) returning id", connection, transaction);
        var rows = new List<int>();
        await using (var reader = await take.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                rows.Add(reader.GetInt32(0));
        }

        if (rows.Count == 0)
            return;
        await Task.Delay(10);
        await transaction.CommitAsync();
        rows.ForEach(row => takenBy[row] = takenBy.ContainsKey(row) ? throw new InvalidOperationException($"Row {row} was taken twice.") : name);
    }
}

async Task ExecuteAsync(string sql)
{
    await using var command = source.CreateCommand(sql);
    await command.ExecuteNonQueryAsync();
}
