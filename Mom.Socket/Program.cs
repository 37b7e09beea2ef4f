using Mom.Contracts;
using Mom.Socket;
using Mom.Socket.Hubs;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
// Connections stay open: a trace of each would end when its user leaves.
builder.AddQuietPaths(SocketContract.HubPath);
builder.AddMomSocket();

await using var app = builder.Build();
app.UseWebDefaults(onlyFromAllowedOrigins: SocketContract.HubPath);
app.UseAuthentication();
app.UseAuthorization();
app.UseConnectionLimit();

app.MapDefaultEndpoints();
// A connection lives no longer than the token it was opened with; clients come back with a fresh one.
app.MapHub<UserHub>(SocketContract.HubPath, options => options.CloseOnAuthenticationExpiration = true).DisableRequestTimeout();

await app.RunAsync();
