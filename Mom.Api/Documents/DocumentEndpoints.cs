using Microsoft.OpenApi;
using Mom.Messaging.Contracts.AsyncApi;
using Scalar.AspNetCore;

namespace Mom.Api.Documents;

/// <summary>The API's description for programs (OpenAPI) and for people (Scalar), and that of the messages behind it (AsyncAPI).</summary>
internal static class DocumentEndpoints
{
    public static void AddDocuments(this IServiceCollection services) =>
        services.AddOpenApi("v1", options => options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "MOM on Aspire";
            document.Info.Description = "Log in, and send the access token as a bearer token.";
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
            document.Components.SecuritySchemes["bearer"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT" };
            return Task.CompletedTask;
        }));

    public static void MapDocuments(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi();
        app.MapGet("/asyncapi.json", (AsyncApiDocument document) => Results.Text(
            document.ToJson("MOM on Aspire", "1", "The messages behind the HTTP API: who sends what to which queue, and what comes back."),
            "application/json")).ExcludeFromDescription();
        app.MapScalarApiReference(options => options.WithTitle("MOM on Aspire"));
        app.MapGet("/", () => Results.Redirect("/scalar")).ExcludeFromDescription();
    }
}
