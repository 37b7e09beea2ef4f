namespace Mom.Panel.Live;

/// <summary>The way to Mom.Socket.</summary>
internal static class LiveExtensions
{
    public static void AddLive(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(SocketAddress.From(builder.Configuration));
        builder.Services.AddScoped<LiveConnection>();
    }
}
