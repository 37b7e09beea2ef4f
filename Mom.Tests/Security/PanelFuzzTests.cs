using System.Net;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Mom.Panel.Session;
using Mom.Testing;
using Mom.Tests.Support;

namespace Mom.Tests.Security;

/// <summary>Every page of the panel, with anything in every parameter of its address, for somebody who is logged in and for somebody who is not.</summary>
[Trait("Group", "security")]
public sealed partial class PanelFuzzTests(MomStack stack)
{
    private static readonly string[] Values =
    [
        "abc", "", "%20", "true", "-1", "0", "1.5", "99999999999999999999", "%00", "%FF", "%ED%A0%80", "%E2%80%A8", "%E2%80%A9", "%E2%80%AE", "%0D%0AX-Injected:%20yes", "%F0%9F%92%A9", "%2F%E2%80%A8", "%2F%C3%BC",
        "%2F%2Fevil.example", "%2F%5Cevil.example", "%2F%09%2Fevil.example", "https%3A%2F%2Fevil.example", "%3Cscript%3E", "%27%3B--", "%", "%%%", "[]", "a&ended=b&ended=c", "\u2028", "\u00fc",
        "%2Fjobs%2F1", "/" + new string('a', 7_000), "%2F" + new string('a', 1_990), new string('9', 3_000),
    ];

    private static readonly string[] Others = ["/_blazor", "/_blazor/negotiate", "/_blazor/initializers", "/_blazor/disconnect", "/session/renew", "/session/logout", "/not-found", "/error"];

    private static readonly Dictionary<string, string[]> Pages = typeof(PanelRoutes).Assembly.GetTypes()
        .SelectMany(page => page.GetCustomAttributes<RouteAttribute>().Select(route => (route.Template, Parameters: ParametersOf(page))))
        .ToDictionary(page => page.Template, page => page.Parameters, StringComparer.Ordinal);

    [Fact]
    public async Task No_address_is_a_failure_of_the_panel_and_none_leads_to_another_site()
    {
        var system = await stack.SystemAsync();
        Assert.Contains("returnUrl", Pages["/login"], StringComparer.OrdinalIgnoreCase);
        Assert.Contains("ended", Pages["/login"], StringComparer.OrdinalIgnoreCase);
        var cookie = await LogInAsync(system);
        var memory = new ServiceMemory(system, ResourceNames.Panel);
        var (panel, wrong, sent, answered) = (new Uri(system.Panel), new List<string>(), 0, 0);
        foreach (var (page, parameters) in Pages)
        {
            foreach (var target in parameters.Append("other").SelectMany(name => Values.Select(value => $"{page.Replace("{Id:guid}", $"{Guid.NewGuid()}", StringComparison.Ordinal)}?{name}={value}")))
            {
                await CheckAsync("GET", target, "");
            }
        }

        var budget = new FuzzBudget();
        while (budget.Next() && wrong.Count < 20)
        {
            var random = budget.Random;
            var paths = Pages.Keys.Select(page => page.Replace("{Id:guid}", RawHttp.Target(Garbage.Text(random), random), StringComparison.Ordinal)).Concat(Others).ToList();
            var query = string.Join('&', Pages.Values.SelectMany(names => names).Distinct().Where(_ => random.Next(3) == 0).Select(name => $"{name}={RawHttp.Target(Garbage.Text(random), random)}"));
            await CheckAsync(random.Next(4) == 0 ? "POST" : "GET", $"{paths[random.Next(paths.Count)]}?{query}", random.Next(2) == 0 ? "_handler=login&Input.Email=a" : Garbage.Text(random));
        }

        budget.Report($"random requests to {Pages.Count} pages, after each parameter of each with {Values.Length} values");
        Assert.True(answered > sent * 9 / 10, $"Nearly all should be answered, but of {sent} only {answered} were.");
        Assert.True(wrong.Count == 0, $"{budget.Summary("requests")}; these were wrong:\n{string.Join('\n', wrong)}");
        memory.AssertBack();

        async Task CheckAsync(string verb, string target, string body)
        {
            foreach (var session in new[] { "", cookie })
            {
                var bytes = verb == "GET" ? [] : Encoding.UTF8.GetBytes(body);
                var head = $"{verb} {target} HTTP/1.1\r\nHost: {panel.Authority}\r\nConnection: close\r\nCookie: {session}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {bytes.Length}";
                var answer = await RawHttp.SendAsync(panel, head, bytes);
                sent++;
                answered += RawHttp.Status(answer) > 0 ? 1 : 0;
                var location = Location().Match(answer).Groups["url"].Value.Trim();
                if (RawHttp.Status(answer) >= 500 || RawHttp.HasInjectedHeader(answer) || IsElsewhere(panel, location))
                {
                    wrong.Add($"{verb} {target[..Math.Min(target.Length, 300)]} {body[..Math.Min(body.Length, 100)]} => {answer[..Math.Min(answer.Length, 600)]}");
                }
            }
        }
    }

    private static bool IsElsewhere(Uri panel, string location) => location.Length > 0 && new Uri(panel, location) is var to && to.Authority != panel.Authority;

    private static string[] ParametersOf(Type page) =>
    [
        .. page.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(property => (property.Name, Query: property.GetCustomAttribute<SupplyParameterFromQueryAttribute>()))
            .Where(property => property.Query is not null)
            .Select(property => property.Query!.Name ?? property.Name),
    ];

    // As an administrator, who has every page.
    private static async Task<string> LogInAsync(RunningSystem system)
    {
        var cookies = new CookieContainer();
        using var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = new Uri(system.Panel) };
        var page = await browser.GetStringAsync("/login", TestContext.Current.CancellationToken);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["_handler"] = "login",
            ["__RequestVerificationToken"] = Token().Match(page).Groups["token"].Value,
            ["Input.Email"] = RunSettings.AdminEmail,
            ["Input.Password"] = RunSettings.AdminPassword,
        });
        using var answer = await browser.PostAsync("/login", form, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return cookies.GetCookieHeader(browser.BaseAddress);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Token();

    [GeneratedRegex("^Location: (?<url>.*)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.IgnoreCase, 1_000)]
    private static partial Regex Location();
}
