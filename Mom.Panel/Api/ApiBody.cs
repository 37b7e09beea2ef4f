using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Mom.Panel.Api;

/// <summary>Reads answers of the API.</summary>
internal static class ApiBody
{
    public static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync(type, cancellationToken) ?? throw new JsonException("The body is null.");
        }
        catch (JsonException e)
        {
            throw new ApiException("The API answered with something that the panel cannot read.", e) { Status = response.StatusCode };
        }
    }

    /// <summary>The number in a header of the answer; <see langword="null"/> when there is none.</summary>
    public static int? Count(HttpResponseMessage response, string header) =>
        response.Headers.TryGetValues(header, out var values)
        && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : null;
}
