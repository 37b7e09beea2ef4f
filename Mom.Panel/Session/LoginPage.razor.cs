using System.Net;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Mom.Contracts.Users;
using Mom.Panel.Api;
using Mom.Panel.Layout;

namespace Mom.Panel.Session;

/// <summary>Log in, without a circuit: only an HTTP response can set the cookie.</summary>
public partial class LoginPage(ApiClient api, NavigationManager navigation)
{
    private EditContext _context = null!;
    private string? _error;
    private bool _failed;

    [SupplyParameterFromForm]
    private LoginForm? Input { get; set; }

    /// <summary>Whether the page was opened because the session has ended.</summary>
    [SupplyParameterFromQuery(Name = "ended")]
    private string? EndedText { get; set; }

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    private bool Ended => PageAddress.Flag(EndedText);

    private string RegisterUrl => PanelRoutes.Register + new QueryString().AddReturnUrl(ReturnUrl);

    protected override async Task OnInitializedAsync()
    {
        Input ??= new LoginForm();
        _context = new EditContext(Input);

        if (!HttpMethods.IsGet(Http.Request.Method) || PanelSession.From(Http.User) is null)
            return;

        if (!Ended || await IsAliveAsync())
        {
            navigation.NavigateTo(PanelRoutes.LocalOrHome(ReturnUrl));
            return;
        }

        // The cookie has outlived its session: kept, it would lead from the home page back to here. This page is asked for
        // once more without it, for a form that was rendered for the user is not good for nobody.
        await SessionCookie.SignOutAsync(Http);
        navigation.NavigateTo(PanelRoutes.LoginThenReturn(ReturnUrl, ended: true));
    }

    // A page whose session has ended is no reason to end another one that began in another tab since.
    private async Task<bool> IsAliveAsync()
    {
        try
        {
            await api.CheckSessionAsync(Http.RequestAborted);
            return true;
        }
        catch (ApiException e)
        {
            return e.Status is not HttpStatusCode.Unauthorized;
        }
    }

    private async Task LogInAsync()
    {
        try
        {
            var session = await api.LoginAsync(new LoginBody(Input!.Email, Input.Password), Visitor.Of(Http), Http.RequestAborted);
            await SessionCookie.SignInAsync(Http, session);
            navigation.NavigateTo(PanelRoutes.LocalOrHome(ReturnUrl));
        }
        catch (ApiException e)
        {
            _failed = true;
            _error = e.Status is HttpStatusCode.Unauthorized ? "The e-mail address or the password is wrong." : e.Message;
        }
    }
}
