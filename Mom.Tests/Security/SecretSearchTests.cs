using System.Net.Http.Headers;
using System.Text;
using Mom.Contracts.Jobs;
using Mom.Testing;
using Mom.Tests.Support;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Mom.Tests.Security;

/// <summary>Secrets go in by every route that takes one; afterwards they are looked for wherever something is kept or sent on.</summary>
[Trait("Group", "security")]
public sealed class SecretSearchTests(MomStack stack)
{
    [Fact]
    public async Task No_secret_of_a_user_is_in_any_message_row_log_file_or_trace()
    {
        var system = await stack.SystemAsync();
        // Each its own, so that what is found says which way it went.
        var mark = Guid.NewGuid().ToString("N");
        var secrets = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["the password of a registration"] = $"Register-{mark}",
            ["a wrong password"] = $"Wrong-{mark}",
            ["a password that is refused"] = $"R{mark}".PadRight(140, 'x'),
            ["a password in a place for something else"] = $"Elsewhere-{mark}",
            ["a token that is none"] = $"Token-{mark}",
            ["a password in a form of the panel"] = $"Panel-{mark}",
            ["a password in an address"] = $"Query-{mark}",
        };
        await using var messages = await MessageTap.StartAsync(system);

        using var user = await UseAsync(system, secrets);
        // The signature is the secret of a token; the rest says who somebody is.
        secrets["the token of a session"] = user.Session.AccessToken.Split('.')[2];
        var job = await user.DoneAsync((await user.CreateJobAsync("""{"type":"math","details":[{"method":"add","numbers":"1,1"}]}""")).Id);

        // Each with something of this user that must be in it: what is looked for would be found.
        (string Name, string Text, string Known)[] places =
        [
            ("messages", await messages.StopAsync(), user.Email),
            ("database", await DumpAsync(system), user.Email),
            ("logs", await LogsAsync(system), $"{job.Id}"),
            ("telemetry", await TelemetryAsync(system, job), $"{job.Id}"),
        ];
        Assert.All(places, place => Assert.True(place.Text.Contains(place.Known, StringComparison.OrdinalIgnoreCase), $"The {place.Name} should hold something of the user."));
        foreach (var server in new[] { RunSettings.AdminPassword, RunSettings.RabbitMqPassword, RunSettings.PostgresPassword, RunSettings.RedisPassword })
        {
            secrets[$"the password {server[..8]}… of the system"] = server;
        }

        var found = (from secret in secrets from place in places where place.Text.Contains(secret.Value, StringComparison.Ordinal) select $"{secret.Key} is in the {place.Name}: {Around(place.Text, secret.Value)}").ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Fact]
    public async Task What_the_system_writes_is_for_its_owner_alone()
    {
        var system = await stack.SystemAsync();
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        var logs = Directory.GetFiles(Path.Combine(Repository.Root, ".mom", system.Name, "logs"));
        Assert.NotEmpty(logs);
        foreach (var log in logs)
        {
            // Windows has no such modes.
            Assert.True(OperatingSystem.IsWindows() || (File.GetUnixFileMode(log) & others) == UnixFileMode.None, $"{log} should be its owner's alone.");
        }
    }

    private static string Around(string text, string found)
    {
        var at = text.IndexOf(found, StringComparison.Ordinal);
        return text[Math.Max(0, at - 300)..Math.Min(text.Length, at + 100)];
    }

    private static async Task<ApiUser> UseAsync(RunningSystem system, Dictionary<string, string> secrets)
    {
        var user = await ApiUser.RegisterAsync(system.Api);
        var email = $"{Guid.NewGuid():N}@example.org";
        await user.PostStatusAsync("/register", Body(secrets["the password of a registration"], email));
        await user.PostStatusAsync("/user", Body(secrets["the password of a registration"], email));
        await user.PostStatusAsync("/register", Body(secrets["a password that is refused"], email));
        await user.PostStatusAsync("/login", $$"""{"email":"{{email}}","password":"{{secrets["the password of a registration"]}}"}""");
        await user.PostStatusAsync("/login", $$"""{"email":"{{email}}","password":"{{secrets["a wrong password"]}}"}""");
        await user.PostStatusAsync("/login", $$"""{"email":"{{email}}","password":["{{secrets["a wrong password"]}}"]}""");
        // By mistake, people do.
        await user.PostStatusAsync("/job", $$"""{"type":"{{secrets["a password in a place for something else"]}}","password":"{{secrets["a password in a place for something else"]}}","details":[]}""");
        await user.PostStatusAsync($"/login?password={secrets["a password in an address"]}", """{"email":"a@example.org","password":"x"}""");

        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secrets["a token that is none"]);
        foreach (var address in new[] { $"{system.Api}/auth-test", $"{system.Socket}/hub/negotiate", $"{system.Socket}/hub?access_token={secrets["a token that is none"]}" })
        {
            using var answer = await http.GetAsync(new Uri(address), TestContext.Current.CancellationToken);
        }

        using var form = new FormUrlEncodedContent([new("_handler", "login"), new("Input.Email", email), new("Input.Password", secrets["a password in a form of the panel"])]);
        using var page = await http.PostAsync(new Uri($"{system.Panel}/login"), form, TestContext.Current.CancellationToken);
        // With the token in the address, as browsers have to.
        await using var listener = await Listener.ConnectAsync(system.Socket, user);
        return user;

        static string Body(string password, string email) => $$"""{"firstName":"Ann","lastName":"Lee","email":"{{email}}","password":"{{password}}"}""";
    }

    private static async Task<string> DumpAsync(RunningSystem system)
    {
        // Bytes as the text that they are.
        await using var database = NpgsqlDataSource.Create($"{system.Connections.Momdb};Pooling=false;Options=-c bytea_output=escape");
        await using var names = database.CreateCommand("select format('%I.%I', table_schema, table_name) from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'");
        await using var tables = await names.ExecuteReaderAsync();
        var text = new StringBuilder();
        while (await tables.ReadAsync())
        {
            await using var select = database.CreateCommand($"select t::text from {tables.GetString(0)} as t");
            await using var rows = await select.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                text.AppendLine(rows.GetString(0));
            }
        }

        return text.ToString();
    }

    private static async Task<string> LogsAsync(RunningSystem system)
    {
        var text = new StringBuilder();
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, ".mom", system.Name, "logs")))
        {
            using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            text.AppendLine(await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
        }

        return text.ToString();
    }

    // All that the dashboard has, as it comes.
    private static async Task<string> TelemetryAsync(RunningSystem system, Job job)
    {
        using var http = new HttpClient { BaseAddress = new Uri((await system.DashboardAsync()).GetLeftPart(UriPartial.Authority)) };
        http.DefaultRequestHeaders.Add("x-api-key", system.DashboardApiKey);
        using var telemetry = await Telemetry.OfAsync(system);
        await Eventually.TrueAsync(async () => (await telemetry.TraceAsync(job.TraceId!)).Count > 0, "the job should be seen in the dashboard");
        return string.Join('\n', await http.GetStringAsync("/api/telemetry/spans?limit=10000"), await http.GetStringAsync("/api/telemetry/logs?limit=10000"));
    }

    /// <summary>Every message that anybody publishes meanwhile, replies included: the broker's own tracer (https://www.rabbitmq.com/docs/firehose).</summary>
    private sealed class MessageTap(RunningSystem system, IConnection connection, IChannel channel, StringBuilder seen) : IAsyncDisposable
    {
        public static async Task<MessageTap> StartAsync(RunningSystem system)
        {
            var connection = await new ConnectionFactory { Uri = new Uri(system.Connections.RabbitMq) }.CreateConnectionAsync();
            var channel = await connection.CreateChannelAsync();
            var queue = await channel.QueueDeclareAsync(durable: false, exclusive: true, autoDelete: true);
            await channel.QueueBindAsync(queue.QueueName, "amq.rabbitmq.trace", "publish.#");
            var seen = new StringBuilder();
            var consumer = new AsyncEventingBasicConsumer(channel);
            consumer.ReceivedAsync += (_, message) =>
            {
                lock (seen)
                {
                    seen.AppendLine(Encoding.UTF8.GetString(message.Body.Span)).AppendLine(Text(message.BasicProperties.Headers));
                }

                return Task.CompletedTask;
            };
            await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer);
            await RabbitMqCtl.RunAsync(system, "trace_on");
            return new MessageTap(system, connection, channel, seen);
        }

        public async Task<string> StopAsync()
        {
            await RabbitMqCtl.RunAsync(system, "trace_off");
            lock (seen)
            {
                Assert.Contains("user.create.v1", seen.ToString(), StringComparison.Ordinal);
                return seen.ToString();
            }
        }

        public async ValueTask DisposeAsync()
        {
            await RabbitMqCtl.RunAsync(system, "trace_off");
            await channel.DisposeAsync();
            await connection.DisposeAsync();
        }

        private static string Text(object? value) => value switch
        {
            byte[] bytes => Encoding.UTF8.GetString(bytes),
            IDictionary<string, object?> table => string.Join(' ', table.Select(entry => $"{entry.Key}={Text(entry.Value)}")),
            IEnumerable<object?> list => string.Join(' ', list.Select(Text)),
            _ => $"{value}",
        };
    }
}
