using Mom.Panel.Admin;
using Mom.Panel.Api;
using Mom.Panel.Jobs;
using Mom.Panel.Layout;
using Mom.Panel.Live;
using Mom.Panel.Notifications;
using Mom.Panel.Session;
using Mom.Panel.Theme;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.ServeFilesAsBuilt();
// The connection of a page that is open, and the renewal of its session, are nothing that its user does.
builder.AddQuietPaths(PagesExtensions.Circuits, PanelRoutes.Renew);
builder.Services.AddRazorComponents().AddInteractiveServerComponents();
builder.AddTheme();
builder.AddSession();
builder.AddApiClient();
builder.AddLive();
builder.AddJobs();
builder.AddNotifications();
builder.AddAdmin();
builder.Services.AddTransient<IStartupFilter, HeadRequests>();

await using var app = builder.Build();

app.UseWebDefaults(PagesExtensions.ContentSecurityPolicy, PagesExtensions.Circuits);
app.UseErrorPages();
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();
app.UseStaleFormRecovery();

app.MapDefaultEndpoints();
app.MapStaticAssets();
app.MapSession();
app.MapPages();

await app.RunAsync();
