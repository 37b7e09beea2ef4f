using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Mom.Contracts.Jobs;
using Mom.Contracts.Json;
using Npgsql;

namespace Mom.Bench.WholeSystem;

/// <summary>
/// The same work by direct calls: an API that writes the job to Postgres, calls the math service and writes the result, without a broker, a socket,
/// sessions or a guarantee. Whatever fails there fails the request.
/// </summary>
internal sealed class DirectApi : IAsyncDisposable
{
    private const string Tables =
        """
        drop table if exists direct_notifications, direct_steps, direct_jobs;
        create table direct_jobs (id uuid primary key, type text not null, status text not null, created_at timestamptz not null, updated_at timestamptz not null);
        create table direct_steps (job_id uuid not null, position int not null, method text not null, numbers text[] not null, result text, primary key (job_id, position));
        create table direct_notifications (id uuid primary key, job_id uuid not null, text text not null, created_at timestamptz not null);
        """;

    private readonly WebApplication _app;
    private readonly NpgsqlDataSource _database;
    private readonly HttpClient _math;

    private DirectApi(WebApplication app, NpgsqlDataSource database, HttpClient math) => (_app, _database, _math) = (app, database, math);

    public string Address => _app.Urls.First();

    /// <summary>Makes its tables and listens on a free port.</summary>
    public static async Task<DirectApi> StartAsync(string postgres, string mathService, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var api = new DirectApi(builder.Build(), NpgsqlDataSource.Create(postgres), new HttpClient { BaseAddress = new Uri(mathService) });
        await using (var make = api._database.CreateCommand(Tables))
        {
            await make.ExecuteNonQueryAsync(cancellationToken);
        }

        api._app.MapPost("/job", (RequestDelegate)api.OrderAsync);
        await api._app.StartAsync(cancellationToken);
        return api;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _database.DisposeAsync();
        _math.Dispose();
    }

    private async Task OrderAsync(HttpContext http)
    {
        var body = (await http.Request.ReadFromJsonAsync<CreateJobBody>(MomJsonContext.Default.Options, http.RequestAborted))!;
        var operation = body.Details![0]!;
        var (id, now) = (Guid.CreateVersion7(), DateTimeOffset.UtcNow);
        await WriteAsync(
            [
                Command("insert into direct_jobs (id, type, status, created_at, updated_at) values ($1, $2, 'Queued', $3, $3)", id, body.Type!, now),
                Command("insert into direct_steps (job_id, position, method, numbers) values ($1, 0, $2, $3)", id, operation.Method!, operation.Numbers!.ToArray()),
            ],
            http.RequestAborted);
        var answer = await _math.GetFromJsonAsync<JsonElement>($"/{operation.Method}/{string.Join(',', operation.Numbers!)}", http.RequestAborted);
        var result = answer.GetProperty("result").GetString()!;
        await WriteAsync(
            [
                Command("update direct_jobs set status = 'Succeeded', updated_at = $2 where id = $1", id, DateTimeOffset.UtcNow),
                Command("update direct_steps set result = $2 where job_id = $1 and position = 0", id, result),
                Command("insert into direct_notifications (id, job_id, text, created_at) values ($1, $2, $3, $4)", Guid.CreateVersion7(), id, result, DateTimeOffset.UtcNow),
            ],
            http.RequestAborted);
        var job = new Job(
            id, body.Type!, JobStatus.Succeeded, Done: true, new JobProgress(1, 1), [new JobDetail(operation.Method!, operation.Numbers!, result, Error: null, 1)], Error: null, TraceId: null, RunAt: null, now, now);
        http.Response.StatusCode = StatusCodes.Status201Created;
        await http.Response.WriteAsJsonAsync(job, MomJsonContext.Default.Options, cancellationToken: http.RequestAborted);
    }

    // A batch without a transaction around it is one.
    private async Task WriteAsync(NpgsqlBatchCommand[] commands, CancellationToken cancellationToken)
    {
        await using var batch = _database.CreateBatch();
        foreach (var command in commands)
        {
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlBatchCommand Command(string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
