using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;

namespace Mom.Api.Requests;

/// <summary>
/// What holds for every route: a query parameter that the route does not know is refused, for a caller who sends <c>limit=5</c> and gets
/// twenty would not notice; and every text in the path and the query is <see cref="PlainText"/>. Texts in bodies are checked by
/// <see cref="PlainTextConverter"/>.
/// </summary>
internal static class RequestChecks
{
    private static readonly ConcurrentDictionary<Endpoint, string[]> Known = new();

    /// <summary>The group of the routes that are checked; the others are documents and health.</summary>
    // Not as a RouteGroupBuilder: for one of those MapUsers and MapJobs are the administrators', without their policy.
    public static IEndpointRouteBuilder MapChecked(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("").WithMetadata(Checked.Instance).ProducesValidationProblem();
        ((IEndpointConventionBuilder)group).Finally(route =>
        {
            if (route.Metadata.OfType<IAcceptsMetadata>().Any())
            {
                route.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status415UnsupportedMediaType, typeof(ProblemDetails), ["application/problem+json"]));
            }
        });
        return group;
    }

    /// <summary>After the authorization: strangers are not told what parameters there are.</summary>
    public static void UseRequestChecks(this WebApplication app) => app.Use(async (http, next) =>
    {
        if (http.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<Checked>() is not null && Check(http.Request, endpoint) is { Any: true } errors)
        {
            await errors.ToProblem().ExecuteAsync(http);
            return;
        }

        await next();
    });

    private static FieldErrors Check(HttpRequest request, Endpoint endpoint)
    {
        var errors = new FieldErrors();
        foreach (var (name, values) in request.Query)
        {
            var known = Known.GetOrAdd(endpoint, QueryParametersOf);
            errors.Require(known.Contains(name, StringComparer.OrdinalIgnoreCase), name, Unknown(known));
            errors.Require(values.All(value => value is null || PlainText.IsPlain(value)), name, PlainText.Rule);
        }

        foreach (var (name, value) in request.RouteValues)
        {
            errors.Require(value is not string text || PlainText.IsPlain(text), name, PlainText.Rule);
        }

        return errors;
    }

    private static string Unknown(string[] known) => known.Length == 0
        ? "This route has no query parameters."
        : $"There is no such query parameter; there are: {string.Join(", ", known)}.";

    // As the documents name them. What is bound from a text and is not in the path is in the query.
    private static string[] QueryParametersOf(Endpoint endpoint)
    {
        var path = (endpoint as RouteEndpoint)?.RoutePattern.Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.OrdinalIgnoreCase) ?? [];
        return
        [
            .. endpoint.Metadata.GetOrderedMetadata<IParameterBindingMetadata>()
                .Where(parameter => (parameter.HasTryParse || parameter.ParameterInfo.ParameterType == typeof(string)) && !path.Contains(parameter.Name))
                .Select(parameter => char.ToLowerInvariant(parameter.Name[0]) + parameter.Name[1..]),
        ];
    }

    private sealed class Checked
    {
        public static readonly Checked Instance = new();
    }
}
