using Aspire.Hosting.ApplicationModel;

namespace Mom.Tests.AspireTests;

/// <summary>The table of the README: who may reach what.</summary>
[Trait("Group", "aspire")]
public sealed class WhoMayTouchWhatTests(AppHostModel model) : IClassFixture<AppHostModel>
{
    private const string Rabbit = "ConnectionStrings__rabbitmq";
    private const string Momdb = "ConnectionStrings__momdb";
    private const string Redis = "ConnectionStrings__redis";

    public static TheoryData<string, string[]> Rows => new()
    {
        { "panel", ["services__api__http__0", "services__socket__http__0"] },
        { "api", [Rabbit, Redis, "Jwt__Key", "RabbitMq__Management__Url", "Demo__Enabled", "Demo__MathService"] },
        { "db-worker", [Rabbit, Momdb, Redis, "Admin__Email", "Admin__Password", "Workers__Roles"] },
        { "migrations", [Momdb, "Admin__Email", "Admin__Password", "Workers__Roles"] },
        { "math-worker", [Rabbit, Redis, "Workers__Roles", "services__math-service__http__0"] },
        { "socket", [Rabbit, Redis, "Jwt__PublicKeys"] },
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
    [InlineData("db-worker")]
    [InlineData("migrations")]
    [InlineData("math-worker")]
    [InlineData("socket")]
    [InlineData("math-service")]
    public async Task The_key_that_signs_tokens_is_the_APIs_alone(string service)
    {
        var variables = await model.VariablesAsync(service);

        Assert.DoesNotContain(variables, variable => $"{variable.Key}={variable.Value}".Contains("jwt-signing-key", StringComparison.OrdinalIgnoreCase));
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
            ["admin-password", "jwt-signing-key", "postgres-password", "rabbitmq-password", "redis-password"],
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
