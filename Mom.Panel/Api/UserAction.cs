using System.Diagnostics;

namespace Mom.Panel.Api;

/// <summary>An action of the user in a page: the root of its trace.</summary>
/// <remarks>
/// A page outside of an action refreshes what it shows, renews the session, and connects anew: nothing of that is recorded (see
/// <c>TraceRoots</c> of Mom.ServiceDefaults). A page that is rendered for a request belongs to the request.
/// </remarks>
/// <example><code>using (UserAction.Begin("order job")) await api.CreateJobAsync(body, key, stop);</code></example>
internal static class UserAction
{
    // The telemetry records all sources named "Mom.*".
    private static readonly ActivitySource Source = new("Mom.Panel");

    /// <summary>Begins an action, which lasts until the result is disposed.</summary>
    /// <param name="name">What the user does: a verb and its object, in lower case.</param>
    public static Activity? Begin(string name)
    {
        // The current activity of a circuit, if there is one, is that of the connection, which lasts as long as the page is open.
        Activity.Current = null;
        return Source.StartActivity(name);
    }
}
