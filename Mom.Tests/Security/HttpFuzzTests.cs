using System.Text;
using System.Text.Json.Nodes;
using Mom.Contracts.Jobs;
using Mom.Testing;
using Mom.Tests.Support;

namespace Mom.Tests.Security;

/// <summary>Random and mutated requests to every route that the API describes, byte by byte: no answer is a failure of the server's.</summary>
[Trait("Group", "security")]
public sealed class HttpFuzzTests(MomStack stack)
{
    private static readonly string[] Verbs = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "get", "TRACE", "G\u00e4T", ""];

    private static readonly string[] Types =
        ["application/json", "application/json; charset=utf-16", "application/json; charset=\u00fc", "text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", ";", "application/json;;;=", ""];

    private static readonly string[] Headers =
    [
        "Idempotency-Key", "Accept", "Accept-Encoding", "Content-Encoding", "Expect", "If-None-Match", "Range", "Origin", "Referer", "Cookie", "X-Forwarded-For", "X-Forwarded-Proto", "X-HTTP-Method-Override",
        "traceparent", "tracestate", "baggage", "Authorization", "Transfer-Encoding", "Upgrade", "Connection", "Content-Length", "Host", ":authority", "X Y",
    ];

    // None for which the service would wait: shorter than the body, more than it reads, or no number.
    private static readonly string[] Lengths = ["-1", "0", "1.5", "x", "2000000", "99999999999999999999", "1, 1", "0x10"];

    // Its body is what the mutations begin with.
    private static readonly Dictionary<string, string> Valid = new(StringComparer.Ordinal)
    {
        ["/register"] = """{"firstName":"Ann","lastName":"Lee","email":"ann@example.org","password":"correct horse"}""",
        ["/user"] = """{"firstName":"Ann","lastName":"Lee","email":"ann@example.org","password":"correct horse"}""",
        ["/login"] = """{"email":"ann@example.org","password":"correct horse"}""",
        ["/job"] = """{"type":"math","runAt":null,"details":[{"method":"add","numbers":"1,2,3"},{"method":"divide","numbers":["1","8"]}]}""",
        ["/admin/users/{id}/lock"] = """{"locked":true,"reason":"none"}""",
        ["/notification/read"] = """{"ids":["0197a2f0-0000-7000-8000-000000000000"]}""",
        ["/admin/dead-letters/operations"] = """{"kind":"replay","dryRun":true,"perSecond":10,"reason":"none","filter":{"queue":"no.queue","type":"x","from":"2026-01-01T00:00:00Z"}}""",
    };

    [Fact]
    public async Task No_request_is_a_failure_of_the_server_and_everybody_else_goes_on_being_served()
    {
        var system = await stack.SystemAsync();
        using var admin = await ApiUser.AdminAsync(system);
        using var user = await ApiUser.RegisterAsync(system.Api);
        var routes = JsonNode.Parse(await admin.Http.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken))!["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(verb => (Path: path.Key, Verb: verb.Key.ToUpperInvariant(), Operation: verb.Value!))).ToList();
        string?[] tokens = [null, user.Session.AccessToken, admin.Session.AccessToken];
        var memory = new ServiceMemory(system, ResourceNames.Api, ResourceNames.DbWorker);
        var (api, budget, wrong, answered) = (new Uri(system.Api), new FuzzBudget(), new List<string>(), 0);
        while (budget.Next() && wrong.Count < 20)
        {
            var random = budget.Random;
            var route = routes[random.Next(routes.Count)];
            // These end what the others need.
            var token = route.Path is "/logout" or "/renew-token" ? null : tokens[random.Next(tokens.Length)];
            var body = random.Next(3) == 0 ? [] : Garbage.Mutate(Encoding.UTF8.GetBytes(Valid.GetValueOrDefault(route.Path, "{}")), random);
            var head = Head(random, api, route.Path, route.Verb, route.Operation, token, body);
            var answer = await RawHttp.SendAsync(api, head, body);
            var status = RawHttp.Status(answer);
            answered += status > 0 ? 1 : 0;
            // 505 is what Kestrel says to a version of HTTP that does not exist.
            if (status is >= 500 and not 505 || RawHttp.HasInjectedHeader(answer))
            {
                wrong.Add($"{head}\n{Encoding.UTF8.GetString(body)[..Math.Min(body.Length, 300)]}\n=> {answer[..Math.Min(answer.Length, 1_200)]}\n");
            }
        }

        budget.Report($"requests, {answered:N0} of them answered");
        Assert.True(wrong.Count == 0, $"{budget.Summary("requests")}; these were wrong:\n{string.Join('\n', wrong)}");
        Assert.True(answered > budget.Count / 2, $"Most should be answered, but of {budget.Count} only {answered} were.");
        Assert.Equal(JobStatus.Succeeded, (await ApiUser.RunJobAsync(system.Api)).Status);
        memory.AssertBack();
    }

    private static string Head(Random random, Uri api, string template, string verb, JsonNode operation, string? token, byte[] body)
    {
        var head = new StringBuilder();
        head.Append(random.Next(8) == 0 ? Verbs[random.Next(Verbs.Length)] : verb).Append(' ');
        head.Append(string.Join('/', template.Split('/').Select(part => part.StartsWith('{') ? Part(random) : part)));
        if (random.Next(2) == 0)
        {
            var names = operation["parameters"]?.AsArray().Where(parameter => parameter!["in"]!.GetValue<string>() == "query").Select(parameter => parameter!["name"]!.GetValue<string>()).ToList() ?? [];
            var pairs = Enumerable.Range(0, random.Next(1, 4)).Select(_ =>
                $"{(names.Count > 0 && random.Next(4) > 0 ? names[random.Next(names.Count)] : RawHttp.Target(Garbage.Text(random), random))}={RawHttp.Target(Garbage.Text(random), random)}");
            head.Append('?').Append(string.Join('&', pairs));
        }

        head.Append(random.Next(30) == 0 ? " HTTP/9.9" : " HTTP/1.1");
        Add("Host", api.Authority);
        Add("Connection", "close");
        if (token is not null)
        {
            Add("Authorization", $"Bearer {token}");
        }

        if (body.Length > 0 || verb != "GET")
        {
            Add("Content-Type", random.Next(4) == 0 ? Types[random.Next(Types.Length)] : "application/json");
            Add("Content-Length", random.Next(12) == 0 ? Lengths[random.Next(Lengths.Length)] : $"{body.Length}");
        }

        for (var i = random.Next(3); i > 0; i--)
        {
            Add(Headers[random.Next(Headers.Length)], random.Next(6) == 0 ? Garbage.Text(random) : Garbage.Text(random).ReplaceLineEndings(" "));
        }

        return head.ToString();

        void Add(string name, string value) => head.Append("\r\n").Append(name).Append(": ").Append(value);
    }

    private static string Part(Random random) => random.Next(3) switch
    {
        0 => $"{Guid.NewGuid()}",
        1 => $"{random.Next(1_000_000, int.MaxValue)}",
        _ => RawHttp.Target(Garbage.Text(random), random),
    };
}
