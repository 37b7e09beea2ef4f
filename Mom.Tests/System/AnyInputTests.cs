using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Mom.Tests.Support;

namespace Mom.Tests.SystemTests;

/// <summary>Whatever a caller sends, on every route of the OpenAPI document: no answer is a failure of the server's, and every error is a problem.</summary>
[Trait("Group", "system")]
public sealed class AnyInputTests(MomStack stack)
{
    private static readonly string[] Values =
    [
        "null", "\"\"", "\" \"", "\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "-1", "0", "1e400", "99999999999999999999", "1.5", "true", "[]", "[null]", "[[]]", "{}",
        "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59-14:00\"", "{\"from\":\"0001-01-01T00:00:00+14:00\"}", "{\"text\":\"\\u0000\",\"state\":\"x\"}",
    ];

    private static readonly byte[][] Bodies =
    [
        .. new[] { "", " ", "{", "}", "null", "7", "\"text\"", "[]", "[{}]", "{}", "{\"a\":}", "{\"a\":1e9999}", "{\"\\ud800\":1}", "{\"a\":1,\"a\":2}", "\ufeff{}", "{} {}" }.Select(Encoding.UTF8.GetBytes),
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("[", 1_000))),
        [.. "{\"type\":\""u8, 0xff, 0xfe, 0xc0, 0x80, 0xed, 0xa0, 0x80, .. "\"}"u8],
        Encoding.Unicode.GetBytes("{}"),
    ];

    private static readonly string?[] Types =
    [
        null, "text/plain", "application/xml", "multipart/form-data", "application/x-www-form-urlencoded", "application/json; charset=bogus", "application/json; charset=utf-7",
        "application/json; charset=utf-16", "application/json; charset=\"\"", "application/problem+json; charset=iso-8859-1", "application/json; charset", ";;;", "/",
    ];

    private static readonly string[] Texts = ["", "%00", "a%00b", "%ED%A0%80", "%FF", "%", "%25", "%5C", "%27%3B--", "-1", "0", "1.5", "99999999999999999999", "NaN", "true", "x", "null", "0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59Z"];

    private static readonly string[] Queries =
        ["?limit=5", "?cursor=x", "?sort=-createdAt", "?=", "?&&&", "?%00=1", "?%ED%A0%80=1", "?page=1&page=2", "?page[]=1", $"?{new string('a', 4_000)}=1", "?text", "?PAGESIZE=1"];

    [Fact]
    public async Task No_input_is_a_failure_of_the_server_and_every_error_is_a_problem()
    {
        var system = await stack.SystemAsync();
        using var caller = new Caller(await ApiUser.AdminAsync(system));
        var document = await caller.DocumentAsync();
        var routes = document["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Where(verb => verb.Value is JsonObject).Select(verb => (Path: path.Key, Verb: verb.Key.ToUpperInvariant(), Operation: verb.Value!.AsObject())))
            // They end the session that the others need, or its token.
            .OrderBy(route => route.Path is "/logout" or "/renew-token")
            .ToList();
        Assert.True(routes.Count > 25, $"The document should hold every route, but has {routes.Count}.");

        Assert.Contains(routes, route => (route.Path, route.Verb) == ("/job", "POST"));
        foreach (var (path, verb, operation) in routes)
        {
            var url = Fill(path, Guid.Empty.ToString(), "1");
            await caller.SendAsync(HttpMethod.Patch, url);
            foreach (var query in Queries.Concat(ParametersOf(operation, "query").SelectMany(name => Texts.Select(text => $"?{name}={text}"))))
            {
                await caller.SendAsync(new HttpMethod(verb), url + query, Json("{}"u8.ToArray(), "application/json"));
            }

            foreach (var text in ParametersOf(operation, "path").SelectMany(_ => Texts).Where(text => text.Length > 0))
            {
                await caller.SendAsync(new HttpMethod(verb), Fill(path, text, text), Json("{}"u8.ToArray(), "application/json"));
            }

            foreach (var body in Bodies.Concat(PropertiesOf(document, operation).SelectMany(name => Values.Select(value => Encoding.UTF8.GetBytes($"{{\"{name}\":{value}}}")))))
            {
                await caller.SendAsync(new HttpMethod(verb), url, Json(body, "application/json"));
            }

            foreach (var type in Types)
            {
                await caller.SendAsync(new HttpMethod(verb), url, Json("{}"u8.ToArray(), type));
            }
        }

        Assert.True(caller.Wrong.Count == 0, $"Of {caller.Sent} requests these had another answer than they should:{Environment.NewLine}{string.Join(Environment.NewLine, caller.Wrong.Take(40))}");
    }

    [Theory]
    [InlineData("/job/my?limit=5", "limit")]
    [InlineData("/job/my?cursor=x", "cursor")]
    [InlineData("/job/my?sort=x", "sort")]
    [InlineData("/job/my?page=many", "page")]
    [InlineData("/job/my?pageSize=0", "pageSize")]
    [InlineData("/job/my?text=%00", "text")]
    [InlineData("/auth-test?page=1", "page")]
    [InlineData("/notification?page=1", "page")]
    [InlineData("/notification?limit=0", "limit")]
    [InlineData("/notification?unread=perhaps", "unread")]
    public async Task A_query_parameter_that_is_unknown_or_wrong_is_refused_by_name(string route, string field)
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        using var answer = await user.Http.GetAsync(new Uri(route, UriKind.Relative), TestContext.Current.CancellationToken);
        await AssertNamedAsync(answer, field);
    }

    [Theory]
    [InlineData("/job/my?PageSize=5&page=1&status=queued&text=a")]
    [InlineData("/notification?limit=5&unread=true")]
    public async Task One_that_is_known_is_honoured_in_any_case(string route)
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        using var answer = await user.Http.GetAsync(new Uri(route, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("/job", """{"type":"math","runAt":"soon","details":[{"method":"add","numbers":"1"}]}""", "runAt")]
    [InlineData("/job", """{"type":"math","runAt":"0001-01-01T00:00:00Z","details":[{"method":"add","numbers":"1"}]}""", "runAt")]
    [InlineData("/job", """{"type":"math","runAt":"2020-01-01T00:00:00Z","details":[{"method":"add","numbers":"1"}]}""", "runAt")]
    [InlineData("/job", """{"type":"math","runAt":"2999-01-01T00:00:00Z","details":[{"method":"add","numbers":"1"}]}""", "runAt")]
    [InlineData("/job", """{"type":"math","details":[{"method":"add\u0000","numbers":"1"}]}""", "details[0].method")]
    [InlineData("/register", """{"firstName":"A\u0000","lastName":"B","email":"a.b@example.org","password":"correct horse"}""", "firstName")]
    [InlineData("/register", """{"firstName":"Ann","lastName":"Lee","email":"somebody@example.org","password":"password"}""", "password")]
    [InlineData("/register", """{"firstName":"Ann","lastName":"Lee","email":"somebody@example.org","password":"somebody@example.org"}""", "password")]
    [InlineData("/register", """{"firstName":"Ann","lastName":"Lee","email":"somebody@example.org","password":"        "}""", "password")]
    [InlineData("/login", """{"email":"a\u0000@example.org","password":"x"}""", "email")]
    [InlineData("/notification/read", """{"ids":["x"]}""", "ids[0]")]
    public async Task A_field_that_is_not_valid_is_a_400_that_names_it(string route, string body, string field)
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        using var answer = await user.PostAsync(route, body);
        await AssertNamedAsync(answer, field);
    }

    [Fact]
    public async Task The_same_order_sent_again_after_its_time_has_passed_gets_the_same_job()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        user.Http.DefaultRequestHeaders.Add("Idempotency-Key", "late");
        // Within the difference that clocks may have: taken as now.
        var runAt = DateTimeOffset.UtcNow.AddMinutes(-4).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        Assert.Equal(201, await user.PostStatusAsync("/job", $$"""{"type":"math","runAt":"{{runAt}}","details":[{"method":"add","numbers":"1"}]}"""));
        // The same key with a time that is long past is not refused for its time, but for being another order.
        Assert.Equal(422, await user.PostStatusAsync("/job", """{"type":"math","runAt":"2020-01-01T00:00:00Z","details":[{"method":"add","numbers":"1"}]}"""));
    }

    private static async Task AssertNamedAsync(HttpResponseMessage answer, string field)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == 400, $"It should be 400, but is {(int)answer.StatusCode}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains(field, JsonNode.Parse(text)!["errors"]!.AsObject().Select(error => error.Key));
    }

    private static ByteArrayContent Json(byte[] body, string? type)
    {
        var content = new ByteArrayContent(body);
        if (type is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        return content;
    }

    private static string Fill(string path, string guid, string other) =>
        string.Join('/', path.Split('/').Select(part => part switch
        {
            "{id}" when path.StartsWith("/admin/dead-letters/{id}", StringComparison.Ordinal) => other,
            "{id}" => guid,
            "{queue}" => $"no.{other}",
            _ => part,
        }));

    private static IEnumerable<string> ParametersOf(JsonObject operation, string where) =>
        operation["parameters"]?.AsArray().Where(parameter => parameter!["in"]!.GetValue<string>() == where).Select(parameter => parameter!["name"]!.GetValue<string>()) ?? [];

    private static IEnumerable<string> PropertiesOf(JsonNode document, JsonObject operation)
    {
        if (operation["requestBody"]?["content"]?["application/json"]?["schema"] is not { } schema)
        {
            return [];
        }

        var reference = (schema["$ref"] ?? schema["oneOf"]?.AsArray().Select(one => one!["$ref"]).FirstOrDefault(one => one is not null))?.GetValue<string>().Split('/')[^1];
        var properties = (reference is null ? schema : document["components"]!["schemas"]![reference])!["properties"]?.AsObject();
        return properties?.Select(property => property.Key) ?? [];
    }

    private sealed class Caller(ApiUser user) : IDisposable
    {
        public List<string> Wrong { get; } = [];

        public int Sent { get; private set; }

        public async Task<JsonNode> DocumentAsync() => (await user.Http.GetFromJsonAsync<JsonNode>("/openapi/v1.json"))!;

        public async Task SendAsync(HttpMethod verb, string url, HttpContent? body = null)
        {
            using var request = new HttpRequestMessage(verb, new Uri(url, UriKind.Relative)) { Content = verb == HttpMethod.Get ? null : body };
            using var answer = await user.Http.SendAsync(request, TestContext.Current.CancellationToken);
            Sent++;
            var status = (int)answer.StatusCode;
            // What Kestrel cannot parse as HTTP never gets to the application: it answers and hangs up.
            var problem = answer.Content.Headers.ContentType?.MediaType == "application/problem+json" || answer.Headers.ConnectionClose == true;
            if (status >= 500 || (status >= 400 && !problem))
            {
                var sent = body is null ? "" : $"{body.Headers.ContentType} {Start(Encoding.UTF8.GetString(await body.ReadAsByteArrayAsync()))}";
                Wrong.Add($"{verb} {Start(url)} {sent}: {status} {answer.Content.Headers.ContentType} {await answer.Content.ReadAsStringAsync()}");
            }
        }

        public void Dispose() => user.Dispose();

        private static string Start(string text) => text[..Math.Min(120, text.Length)];
    }
}
