using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;

namespace Mom.Tests.AspireTests;

/// <summary>The table of docs/architecture.md: who may reach what.</summary>
[Trait("Group", "aspire")]
public sealed class WhoMayTouchWhatTests(AppHostModel model) : IClassFixture<AppHostModel>
{
    private const string Rabbit = "ConnectionStrings__rabbitmq";
    private const string Momdb = "ConnectionStrings__momdb";
    private const string Redis = "ConnectionStrings__redis";

    private static readonly Regex Parameter = new(@"\{(?<name>[a-z-]+)\.value\}", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    private static readonly Dictionary<string, string[]> OfDatabase = new(StringComparer.Ordinal)
    {
        ["deployer"] = ["postgres-mom-owner-password", "admin-password"],
        ["db-worker"] = ["postgres-db-worker-password"],
    };

    // Each has a broker user of its own, declares nothing, and looks at who sent a message.
    private static readonly string[] Own = ["Messaging__CheckSenders", "Messaging__Topology"];

    public static TheoryData<string, string[]> Rows => new()
    {
        { "panel", ["services__api__http__0", "services__socket__http__0"] },
        { "api", [Rabbit, Redis, .. Own, "Caller__PrivateKey", "Jwt__Key", "RabbitMq__Management__Url", "RabbitMq__Management__User", "RabbitMq__Management__Password", "Demo__Enabled", "Demo__MathService"] },
        { "db-worker", [Rabbit, Momdb, Redis, .. Own, "Caller__PublicKey", "Workers__Roles"] },
        { "deployer", [Rabbit, Momdb, "Admin__Email", "Admin__Password", "Database__WorkerRole", "Workers__Roles"] },
        { "math-worker", [Rabbit, Redis, .. Own, "Workers__Roles", "services__math-service__http__0"] },
        { "socket", [Rabbit, Redis, .. Own, "Jwt__PublicKeys"] },
        { "math-service", [] },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_service_gets_its_own_row_and_nothing_else(string service, string[] settings) =>
        Assert.Equal(settings.Order(StringComparer.Ordinal), await model.SettingsAsync(service));

    [Theory]
    [InlineData("panel")]
    [InlineData("api")]
    [InlineData("math-worker")]
    [InlineData("socket")]
    [InlineData("math-service")]
    public async Task Nothing_that_a_service_is_given_leads_to_the_database(string service)
    {
        var variables = await model.VariablesAsync(service);

        Assert.DoesNotContain(variables, variable => $"{variable.Key}={variable.Value}".Contains("momdb", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(variables, variable => $"{variable.Key}={variable.Value}".Contains("postgres", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("panel")]
    [InlineData("deployer")]
    [InlineData("db-worker")]
    [InlineData("math-worker")]
    [InlineData("socket")]
    [InlineData("math-service")]
    public async Task Keys_that_sign_are_the_APIs_alone(string service)
    {
        var variables = await model.VariablesAsync(service);

        Assert.DoesNotContain(variables, variable => $"{variable.Key}={variable.Value}" is var text
            && (text.Contains("jwt-signing-key", StringComparison.OrdinalIgnoreCase) || text.Contains("caller-key", StringComparison.OrdinalIgnoreCase)));
    }

    [Theory]
    [InlineData("api")]
    [InlineData("deployer")]
    [InlineData("db-worker")]
    [InlineData("math-worker")]
    [InlineData("socket")]
    public async Task No_service_is_given_the_login_of_an_administrator_or_of_another(string service)
    {
        var given = (await model.VariablesAsync(service)).Values.SelectMany(value => Parameter.Matches(value).Select(match => match.Groups["name"].Value)).Where(name => name.EndsWith("-password", StringComparison.Ordinal));

        Assert.DoesNotContain(given, name => name is "rabbitmq-password" or "postgres-password" or "redis-password");
        string[] own = [$"rabbitmq-{service}-password", $"redis-{service}-password", .. OfDatabase.GetValueOrDefault(service, []), .. service == "api" ? (string[])["rabbitmq-api-monitoring-password"] : []];
        Assert.Subset(own.ToHashSet(StringComparer.Ordinal), given.ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public void Only_what_people_and_programs_outside_call_can_be_reached_from_outside()
    {
        // What is published becomes an ingress where the target has one, else a port of the machine.
        var external = model.Resources.Where(resource => resource.Annotations.OfType<EndpointAnnotation>().Any(endpoint => endpoint.IsExternal));

        Assert.Equal(["api", "panel", "socket"], external.Select(resource => resource.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_secret_is_a_parameter_with_a_description()
    {
        var secrets = model.Resources.OfType<ParameterResource>().Where(parameter => parameter.Secret).ToList();

        Assert.Equal(
            [
                "admin-password", "caller-key", "jwt-signing-key",
                "postgres-db-worker-password", "postgres-mom-owner-password", "postgres-password",
                "rabbitmq-api-monitoring-password", "rabbitmq-api-password", "rabbitmq-db-worker-password", "rabbitmq-deployer-password",
                "rabbitmq-math-worker-password", "rabbitmq-password", "rabbitmq-socket-password",
                "redis-api-password", "redis-db-worker-password", "redis-math-worker-password", "redis-password", "redis-socket-password",
            ],
            secrets.Select(secret => secret.Name).Order(StringComparer.Ordinal));
        Assert.All(secrets, secret => Assert.False(string.IsNullOrEmpty(secret.Description), $"{secret.Name} should say what it is."));
    }

    [Fact]
    public void Every_service_has_a_health_check()
    {
        foreach (var service in AppHostModel.Services)
            Assert.True(model[service].Annotations.OfType<HealthCheckAnnotation>().Any(), $"{service} should have a health check.");
    }
}
