using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Mom.Tests.Support;

namespace Mom.Tests.Browser;

/// <summary>What a browser has to fetch before somebody sees something.</summary>
[Trait("Group", "browser")]
public sealed partial class FirstLoadTests(MomStack stack)
{
    private const int MostBytes = 300_000;

    [Fact]
    public async Task The_first_load_is_small_and_compressed_and_the_second_fetches_nothing_but_the_page()
    {
        var system = await stack.SystemAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var known = await browser.PageAsync();
        await new PanelPage(known, system.Panel).RegisterAsync($"{Guid.NewGuid():N}@example.org");
        // With the session and with nothing else of the first browser: its cache is empty.
        var session = await known.Context.StorageStateAsync();

        foreach (var (address, state) in new (string Address, string? State)[] { ("/login", null), ("/", session) })
        {
            await using var context = await browser.NewContextAsync(new() { StorageState = state });
            context.SetDefaultTimeout((float)Patience.Limit.TotalMilliseconds);
            var page = await context.NewPageAsync();
            var first = await LoadAsync(page, system.Panel + address, isLive: state is not null);
            // What calls itself compressed is so.
            Assert.Empty(await page.EvaluateAsync<string[]>(
                "performance.getEntriesByType('resource').filter(file => file.decodedBodySize > 4000 && file.encodedBodySize > file.decodedBodySize / 2).map(file => `${file.name}: ${file.encodedBodySize} of ${file.decodedBodySize}`)"));
            var second = await LoadAsync(page, system.Panel + address, isLive: state is not null);
            var paint = await page.EvaluateAsync<double>("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0");
            TestContext.Current.TestOutputHelper?.WriteLine($"{address}: {first.Bytes:N0} bytes first, {second.Bytes:N0} second; first paint of the second {paint:0} ms");
            TestContext.Current.TestOutputHelper?.WriteLine(string.Join(Environment.NewLine, first.Files.OrderByDescending(file => file.Bytes).Select(file => $"{file.Bytes,9:N0} {new Uri(file.Url).AbsolutePath}")));

            Assert.True(first.Bytes < MostBytes, $"{address} should take less than {MostBytes:N0} bytes, and takes {first.Bytes:N0}: {string.Join(", ", first.Files)}");
            Assert.Contains(first.Files, file => file.Url.EndsWith(".css", StringComparison.Ordinal));
            Assert.All(first.Files.Where(file => file.IsAsset), file => Assert.True(file.Encoding is "gzip" or "br", $"{file} should be compressed."));
            Assert.All(first.Files.Where(file => file.IsAsset), file => Assert.True(file.HasFingerprint && file.Caching is "max-age=31536000, immutable", $"{file} should be cached for a year."));
            Assert.DoesNotContain(second.Files, file => file.IsAsset);
        }
    }

    private static async Task<Load> LoadAsync(IPage page, string address, bool isLive)
    {
        var files = new Dictionary<string, Fetched>(StringComparer.Ordinal);
        var devTools = await page.Context.NewCDPSessionAsync(page);
        devTools.Event("Network.responseReceived").OnEvent += (_, e) =>
        {
            var response = e!.Value.GetProperty("response");
            if (!IsTrue(response, "fromDiskCache") && !response.GetProperty("url").GetString()!.StartsWith("data:", StringComparison.Ordinal))
            {
                files[e.Value.GetProperty("requestId").GetString()!] = new(
                    response.GetProperty("url").GetString()!, e.Value.GetProperty("type").GetString()!, Header(response, "content-encoding"), Header(response, "cache-control"));
            }
        };
        devTools.Event("Network.loadingFinished").OnEvent += (_, e) =>
        {
            if (files.TryGetValue(e!.Value.GetProperty("requestId").GetString()!, out var file))
            {
                file.Bytes = (long)e.Value.GetProperty("encodedDataLength").GetDouble();
            }
        };
        await devTools.SendAsync("Network.enable");
        await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.Load });
        if (isLive)
        {
            await Assertions.Expect(page.GetByLabel("Connection: live")).ToBeVisibleAsync();
            // The last file of a page: its circuit asks for it.
            await Eventually.TrueAsync(
                () => page.EvaluateAsync<bool>("performance.getEntriesByType('resource').some(file => file.name.includes('SessionGuard'))"), "the last file of the page should be loaded");
        }

        await devTools.DetachAsync();
        // What comes out of the browser's cache took no byte.
        return new Load([.. files.Values.Where(file => file.Bytes > 0)]);
    }

    private static bool IsTrue(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.GetBoolean();

    private static string? Header(JsonElement response, string name) =>
        response.GetProperty("headers").EnumerateObject().FirstOrDefault(header => string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase)).Value is { ValueKind: JsonValueKind.String } value
            ? value.GetString()
            : null;

    private sealed record Load(IReadOnlyList<Fetched> Files)
    {
        public long Bytes => Files.Sum(file => file.Bytes);
    }

    private sealed partial record Fetched(string Url, string Type, string? Encoding, string? Caching)
    {
        /// <summary>Headers and body, as they went over the wire.</summary>
        public long Bytes { get; set; }

        public bool IsAsset => Type is "Script" or "Stylesheet";

        public bool HasFingerprint => Fingerprint().IsMatch(Url);

        // app.cy8rp70pmz.css
        [GeneratedRegex(@"\.[a-z0-9]{10}\.", RegexOptions.ExplicitCapture, 1_000)]
        private static partial Regex Fingerprint();
    }
}
