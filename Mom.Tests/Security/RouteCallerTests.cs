using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Mom.Contracts.Recurring;
using Mom.Sessions;
using Mom.Sessions.Tokens;
using Mom.Testing;
using Mom.Tests.Support;

namespace Mom.Tests.Security;

/// <summary>
/// Every route of the API and the socket, as their endpoint tables have them, times every kind of caller. A route that is new has no line in the table
/// below, and fails the test until somebody has decided who may call it.
/// </summary>
[Trait("Group", "security")]
public sealed class RouteCallerTests(MomStack stack)
{
    private const string OneJob = """{"type":"math","details":[{"method":"add","numbers":"1,1"}]}""";

    /// <summary>Who may call a route.</summary>
    public enum Access
    {
        /// <summary>Anybody, without a token.</summary>
        Anyone,

        /// <summary>Anybody who is logged in.</summary>
        User,

        /// <summary>Its owner: for others it is not there.</summary>
        Owner,

        /// <summary>Administrators.</summary>
        Administrator,
    }

    private static readonly Dictionary<string, Access> Table = new(StringComparer.Ordinal)
    {
        ["* /health"] = Access.Anyone,
        ["* /alive"] = Access.Anyone,
        ["POST /register"] = Access.Anyone,
        ["POST /user"] = Access.Anyone,
        ["POST /login"] = Access.Anyone,
        ["GET /logout"] = Access.User,
        ["POST /logout"] = Access.User,
        ["GET /renew-token"] = Access.User,
        ["POST /renew-token"] = Access.User,
        ["GET /auth-test"] = Access.User,
        ["GET /session"] = Access.User,
        ["DELETE /session/{id}"] = Access.Owner,
        ["POST /session/end-others"] = Access.User,
        ["POST /user/password"] = Access.User,
        ["GET /user"] = Access.Administrator,
        ["POST /job"] = Access.User,
        ["GET /job/my"] = Access.User,
        ["GET /job/summary"] = Access.User,
        ["GET /job/{id:guid}"] = Access.Owner,
        ["POST /job/{id:guid}/cancel"] = Access.Owner,
        ["POST /job/{id:guid}/retry"] = Access.Owner,
        ["POST /recurring"] = Access.User,
        ["GET /recurring"] = Access.User,
        ["GET /recurring/{id:guid}"] = Access.Owner,
        ["POST /recurring/{id:guid}/pause"] = Access.Owner,
        ["POST /recurring/{id:guid}/resume"] = Access.Owner,
        // The last of them: from then on it is not there.
        ["DELETE /recurring/{id:guid}"] = Access.Owner,
        ["GET /notification"] = Access.User,
        ["POST /notification/read"] = Access.User,
        ["GET /admin/overview"] = Access.Administrator,
        ["GET /admin/ledger"] = Access.Administrator,
        ["GET /admin/queues"] = Access.Administrator,
        ["GET /admin/workers"] = Access.Administrator,
        ["POST /admin/workers/{queue}/pause"] = Access.Administrator,
        ["POST /admin/workers/{queue}/drain"] = Access.Administrator,
        ["POST /admin/workers/{queue}/resume"] = Access.Administrator,
        ["POST /admin/workers/instances/{instance}/drain"] = Access.Administrator,
        ["POST /admin/workers/instances/{instance}/resume"] = Access.Administrator,
        ["POST /admin/jobs/{id:guid}/cancel"] = Access.Administrator,
        ["POST /admin/jobs/{id:guid}/retry"] = Access.Administrator,
        ["POST /admin/users/{id:guid}/end-sessions"] = Access.Administrator,
        ["PUT /admin/users/{id:guid}/lock"] = Access.Administrator,
        ["GET /admin/users/{id:guid}/audit"] = Access.Administrator,
        ["GET /admin/dead-letters/groups"] = Access.Administrator,
        ["GET /admin/demo"] = Access.Administrator,
        ["PUT /admin/demo/math"] = Access.Administrator,
        ["POST /admin/demo/poison"] = Access.Administrator,
        ["GET /admin/jobs"] = Access.Administrator,
        ["POST /admin/jobs/{id:guid}/reconcile"] = Access.Administrator,
        ["POST /admin/reconcile"] = Access.Administrator,
        ["GET /admin/users"] = Access.Administrator,
        ["PUT /admin/users/{id:guid}/role"] = Access.Administrator,
        ["GET /admin/dead-letters"] = Access.Administrator,
        ["GET /admin/dead-letters/{id:long}"] = Access.Administrator,
        ["POST /admin/dead-letters/{id:long}/replay"] = Access.Administrator,
        ["POST /admin/dead-letters/{id:long}/discard"] = Access.Administrator,
        ["PUT /admin/dead-letters/{id:long}/body"] = Access.Administrator,
        ["POST /admin/dead-letters/operations"] = Access.Administrator,
        ["GET /admin/dead-letters/operations"] = Access.Administrator,
        ["GET /admin/dead-letters/operations/{id:guid}"] = Access.Administrator,
        // Of the socket.
        ["* /hub"] = Access.User,
        ["* /hub/negotiate"] = Access.User,
    };

    // Only where they are switched on, as in development.
    private static readonly string[] Documents = ["/openapi/{documentName}.json", "/asyncapi.json", "/scalar", "/"];

    // A caller who has called one of these has another token, or none, from then on; or has ended sessions that others use.
    private static readonly string[] EndTheSession = ["/logout", "/renew-token", "/session/end-others"];

    [Fact]
    public async Task Every_route_lets_those_in_who_may_and_nobody_else()
    {
        var system = await stack.SystemAsync();
        var routes = (await RoutesAsync(system)).ToList();
        Assert.Empty(routes.Select(route => route.Key).Except(Table.Keys, StringComparer.Ordinal));
        Assert.Empty(Table.Keys.Except(routes.Select(route => route.Key), StringComparer.Ordinal));
        Assert.All(routes, route => Assert.True(
            Demand(route.Endpoint) == (Table[route.Key] is Access.Owner ? Access.User : Table[route.Key]), $"{route.Key} demands {Demand(route.Endpoint)}, and should {Table[route.Key]}."));

        using var callers = await Callers.CreateAsync(system);
        var wrong = new List<string>();
        var cells = 0;
        foreach (var route in routes)
        {
            foreach (var (caller, token) in callers.Strangers)
            {
                await CheckAsync(route, caller, token, status => Table[route.Key] is Access.Anyone ? status is not (401 or 403) : status == 401);
            }

            using var leaver = EndTheSession.Any(end => route.Key.EndsWith($" {end}", StringComparison.Ordinal)) ? await ApiUser.RegisterAsync(system.Api) : null;
            await CheckAsync(route, "the owner", leaver?.Session.AccessToken ?? callers.Owner, status => Table[route.Key] is Access.Administrator ? status == 403 : status is not (401 or 403 or 404));
            if (leaver is null)
            {
                await CheckAsync(route, "another user", callers.Other, status => Table[route.Key] switch
                {
                    Access.Administrator => status == 403,
                    Access.Owner => status == 404,
                    _ => status is not (401 or 403),
                });
                await CheckAsync(route, "an administrator", callers.Administrator, status => Table[route.Key] is Access.Owner ? status == 404 : status is not (401 or 403));
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{routes.Count} routes, {cells} cells");
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));

        async Task CheckAsync(Route route, string caller, string? token, Func<int, bool> isRight)
        {
            cells++;
            using var http = new HttpClient { BaseAddress = new Uri(route.Service) };
            using var request = new HttpRequestMessage(route.Verb, route.PathFor(callers));
            request.Content = route.Verb == HttpMethod.Get ? null : new StringContent("{}", Encoding.UTF8, "application/json");
            request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
            var status = (int)answer.StatusCode;
            if (!isRight(status) || status >= 500)
            {
                wrong.Add($"{route.Key} for {caller}: {status} {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
            }
        }
    }

    [Fact]
    public async Task The_description_for_programs_misses_no_route_and_says_of_each_what_it_demands()
    {
        var system = await stack.SystemAsync();
        using var http = new HttpClient { BaseAddress = new Uri(system.Api) };
        var paths = JsonNode.Parse(await http.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken))!["paths"]!.AsObject();
        foreach (var route in (await RoutesAsync(system)).Where(route => route.Service == system.Api && !route.Key.StartsWith('*')))
        {
            var operation = paths[route.Template.Replace(":guid", "", StringComparison.Ordinal).Replace(":long", "", StringComparison.Ordinal)]?[route.Verb.Method.ToLowerInvariant()];
            Assert.True(operation is not null, $"{route.Key} should be described.");
            Assert.Equal(Table[route.Key] is not Access.Anyone, operation["security"] is JsonArray { Count: > 0 });
            // Others may refuse for reasons of their own.
            Assert.True(Table[route.Key] is not Access.Administrator || operation["responses"]!["403"] is not null, $"{route.Key} should say that it refuses all but administrators.");
        }
    }

    [Fact]
    public async Task Outside_of_development_there_are_no_documents_unless_they_are_asked_for()
    {
        var system = await stack.SystemAsync();
        Assert.DoesNotContain(await ServiceEndpoints.OfAsync(typeof(Mom.Api.Requests.RpcResults).Assembly, system, "--environment=Production"), IsDocument);
        Assert.Contains(await ServiceEndpoints.OfAsync(typeof(Mom.Api.Requests.RpcResults).Assembly, system, "--environment=Production", "--Documents:Enabled=true"), IsDocument);
    }

    private static async Task<IEnumerable<Route>> RoutesAsync(RunningSystem system)
    {
        var api = await ServiceEndpoints.OfAsync(typeof(Mom.Api.Requests.RpcResults).Assembly, system);
        var socket = await ServiceEndpoints.OfAsync(typeof(Mom.Socket.Hubs.UserHub).Assembly, system);
        return api.Where(endpoint => !IsDocument(endpoint)).SelectMany(endpoint => Route.Of(endpoint, system.Api))
            .Concat(socket.SelectMany(endpoint => Route.Of(endpoint, system.Socket)))
            .DistinctBy(route => route.Key);
    }

    private static bool IsDocument(RouteEndpoint endpoint) =>
        Array.Exists(Documents, document => Route.TemplateOf(endpoint) is var template && (template == document || (document != "/" && template.StartsWith($"{document}/", StringComparison.Ordinal))));

    private static Access Demand(RouteEndpoint endpoint)
    {
        var demands = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>();
        return endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null || demands.Count == 0 ? Access.Anyone
            : demands.Any(demand => demand.Policy == MomSessionsExtensions.AdminPolicy) ? Access.Administrator
            : Access.User;
    }

    private sealed record Route(string Key, string Template, HttpMethod Verb, string Service, RouteEndpoint Endpoint)
    {
        public static IEnumerable<Route> Of(RouteEndpoint endpoint, string service)
        {
            var verbs = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];
            return (verbs.Count == 0 ? ["*"] : verbs.Where(verb => verb is not "OPTIONS")).Select(verb =>
                new Route($"{verb} {TemplateOf(endpoint)}", TemplateOf(endpoint), verb is "*" ? HttpMethod.Get : new HttpMethod(verb), service, endpoint));
        }

        public static string TemplateOf(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.Trim('/');

        public Uri PathFor(Callers callers) => new(
            Template.Replace("{id:guid}", $"{(Template.StartsWith("/recurring/", StringComparison.Ordinal) ? callers.Recurring : callers.Job)}", StringComparison.Ordinal)
                .Replace("{id:long}", "999999999", StringComparison.Ordinal)
                .Replace("{id}", callers.Session, StringComparison.Ordinal)
                .Replace("{queue}", "no.queue", StringComparison.Ordinal)
                .Replace("{instance}", "no-instance", StringComparison.Ordinal),
            UriKind.Relative);
    }

    private sealed class Callers : IDisposable
    {
        private readonly List<ApiUser> _users = [];

        public Guid Job { get; private set; }

        public Guid Recurring { get; private set; }

        /// <summary>A session of the owner beside the one that calls.</summary>
        public string Session { get; private set; } = "";

        public string Owner { get; private set; } = "";

        public string Other { get; private set; } = "";

        public string Administrator { get; private set; } = "";

        /// <summary>Those whose token is none.</summary>
        public IReadOnlyList<(string Caller, string? Token)> Strangers { get; private set; } = [];

        public static async Task<Callers> CreateAsync(RunningSystem system)
        {
            var callers = new Callers();
            var (owner, other, gone) = (await ApiUser.RegisterAsync(system.Api), await ApiUser.RegisterAsync(system.Api), await ApiUser.RegisterAsync(system.Api));
            var administrator = await ApiUser.AdminAsync(system);
            var elsewhere = await ApiUser.LoginAsync(system.Api, owner.Email);
            callers.Session = new TokenParts(elsewhere.Session.AccessToken).Text(MomClaims.Session);
            callers._users.AddRange([owner, other, gone, administrator, elsewhere]);
            (callers.Owner, callers.Other, callers.Administrator) = (owner.Session.AccessToken, other.Session.AccessToken, administrator.Session.AccessToken);
            // Done, so that nothing which is asked of it changes what the next one may find.
            callers.Job = (await owner.DoneAsync((await owner.CreateJobAsync(OneJob)).Id)).Id;
            callers.Recurring = (await owner.CreateAsync<RecurringJob>("/recurring", $$"""{"name":"Each new year","cron":"0 0 1 1 *","job":{{OneJob}}}""")).Id;
            using var logout = await gone.PostAsync("/logout", "");
            var token = new TokenParts(owner.Session.AccessToken);
            using var anotherKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            callers.Strangers =
            [
                ("nobody", null),
                ("garbage", "garbage"),
                ("a token that nobody signed", token.Header("alg", "none").Unsigned()),
                ("a token that somebody else signed", token.Signed(anotherKey)),
                ("a token that was changed", token.Claim("role", "admin").SignedAs(token)),
                ("a token that is over", token.Claim("exp", DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeSeconds()).Signed()),
                ("a session that has ended", gone.Session.AccessToken),
            ];
            return callers;
        }

        public void Dispose() => _users.ForEach(user => user.Dispose());
    }
}
