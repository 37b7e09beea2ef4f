namespace Mom.Panel.Live;

/// <summary>Registers the connection to Mom.Socket.</summary>
internal static class LiveExtensions
{
    public static void AddLive(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(SocketAddress.From(builder.Configuration));
        builder.Services.AddHttpClient(ApiWatch.Client, client => client.BaseAddress = new Uri("https+http://api"));
        builder.Services.AddSingleton<ApiWatch>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ApiWatch>());
        builder.Services.AddScoped<LiveConnection>();
    }
}
