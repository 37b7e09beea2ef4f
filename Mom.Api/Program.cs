using Mom.Api;
using Mom.Api.Admin;
using Mom.Api.Documents;
using Mom.Api.Jobs;
using Mom.Api.Notifications;
using Mom.Api.Recurring;
using Mom.Api.Requests;
using Mom.Api.Sessions;
using Mom.Api.Users;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddMomApi();

await using var app = builder.Build();
app.UseForwardedHeaders();
app.UseWebDefaults();
app.UseMessageTags();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.UseAuthentication();
app.UseAuthorization();
app.UseRequestChecks();
app.UseUtf8Bodies();

app.MapDefaultEndpoints();
app.MapDocuments();

var api = app.MapChecked();
api.MapUsers();
api.MapSessions();
api.MapJobs();
api.MapRecurring();
api.MapNotifications();
api.MapAdmin();

await app.RunAsync();
