// Registers a user, orders a job, and prints what the socket pushes until the job has ended.
#:package Microsoft.AspNetCore.SignalR.Client
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;

using var api = new HttpClient { BaseAddress = Running.Service("api", 7070) };
var user = new { firstName = "Ada", lastName = "Sandbox", email = $"{Guid.NewGuid():N}@sandbox.local", password = $"{Guid.NewGuid():N}" };
(await api.PostAsJsonAsync("/register", user)).EnsureSuccessStatusCode();
var session = await (await api.PostAsJsonAsync("/login", new { user.email, user.password })).Content.ReadFromJsonAsync<JsonElement>();
var token = session.GetProperty("accessToken").GetString();
api.DefaultRequestHeaders.Authorization = new("Bearer", token);

await using var socket = new HubConnectionBuilder()
    .WithUrl(new Uri(Running.Service("socket", 7080), "/hub"), options => options.AccessTokenProvider = () => Task.FromResult(token))
    .WithAutomaticReconnect()
    .Build();
var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
socket.On<JsonElement>("JobChanged", change => Console.WriteLine($"Job: {change}"));
socket.On<JsonElement>("NotificationAdded", notification =>
{
    Console.WriteLine($"Notification: {notification}");
    ended.TrySetResult();
});
await socket.StartAsync();
Console.WriteLine("Connected");

var job = new { type = "math", details = new[] { new { method = "add", numbers = "1,2,3" }, new { method = "factors", numbers = "360" } } };
(await api.PostAsJsonAsync("/job", job)).EnsureSuccessStatusCode();
Console.WriteLine("Ordered: 1 + 2 + 3, and the factors of 360");
await ended.Task.WaitAsync(TimeSpan.FromMinutes(1));
