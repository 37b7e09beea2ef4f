using Mom.Panel.Admin.Feed;

namespace Mom.Panel.Admin;

/// <summary>The pages of administrators.</summary>
internal static class AdminExtensions
{
    public static void AddAdmin(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<AdminClient>();
        builder.Services.AddSingleton<AdminFeed>();
        builder.Services.AddHostedService(services => services.GetRequiredService<AdminFeed>());
    }
}
