using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Mom.Messaging.Contracts.AsyncApi;
using Mom.ServiceDefaults.Web;
using Mom.Sessions;
using Scalar.AspNetCore;

namespace Mom.Api.Documents;

/// <summary>The API's description for programs (OpenAPI) and for people (Scalar), and that of the messages behind it (AsyncAPI).</summary>
internal static class DocumentEndpoints
{
    public static void AddDocuments(this IServiceCollection services) =>
        services.AddOpenApi("v1", options => options.AddOperationTransformer(AccessOf).AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "MOM on Aspire";
            document.Info.Description = "Log in, and send the access token as a bearer token.";
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
            document.Components.SecuritySchemes["bearer"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT" };
            return Task.CompletedTask;
        }));

    /// <summary>
    /// In development, and elsewhere where <c>Documents:Enabled</c> says so: they are a map of the system, and tell anybody every route and message.
    /// </summary>
    public static void MapDocuments(this WebApplication app)
    {
        if (!app.Configuration.GetValue("Documents:Enabled", app.Environment.IsDevelopment()))
            return;

        app.MapOpenApi();
        app.MapGet("/asyncapi.json", (AsyncApiDocument document) => Results.Text(
            document.ToJson("MOM on Aspire", "1", "The messages behind the HTTP API: who sends what to which queue, and what comes back."),
            "application/json")).ExcludeFromDescription();
        app.MapScalarApiReference((options, http) =>
        {
            options.WithTitle("MOM on Aspire").WithNonce();
            http.Response.OnStarting(() =>
            {
                http.SetContentSecurityPolicy(PageOf(http.Items[ScalarOptions.NonceHttpContextItemKey] as string));
                return Task.CompletedTask;
            });
        });
        app.MapGet("/", () => Results.Redirect("/scalar")).ExcludeFromDescription();
    }

    // What a route asks of its caller stands in its metadata alone.
    private static Task AccessOf(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var demands = context.Description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().ToList();
        if (demands.Count == 0)
            return Task.CompletedTask;

        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("bearer", context.Document)] = [] }];
        operation.Responses ??= [];
        operation.Responses.TryAdd("401", new OpenApiResponse { Description = "There is no token, or its session is over." });
        if (demands.Exists(demand => string.Equals(demand.Policy, MomSessionsExtensions.AdminPolicy, StringComparison.Ordinal)))
            operation.Responses.TryAdd("403", new OpenApiResponse { Description = "For administrators only." });
        return Task.CompletedTask;
    }

    // Scalar sets styles of elements from its script, which only 'unsafe-inline' allows; scripts need the nonce of their answer.
    private static string PageOf(string? nonce) =>
        $"default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}
