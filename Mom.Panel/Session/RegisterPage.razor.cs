using System.Net;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Mom.Contracts.Users;
using Mom.Panel.Api;

namespace Mom.Panel.Session;

/// <summary>Register, and be logged in at once.</summary>
public partial class RegisterPage(ApiClient api, NavigationManager navigation)
{
    private EditContext _context = null!;
    private ValidationMessageStore _messages = null!;
    private string? _error;

    [SupplyParameterFromForm]
    private RegisterForm? Input { get; set; }

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    private string LoginUrl => PanelRoutes.Login + new QueryString().AddReturnUrl(ReturnUrl);

    protected override void OnInitialized()
    {
        Input ??= new RegisterForm();
        _context = new EditContext(Input);
        _messages = new ValidationMessageStore(_context);
    }

    private async Task RegisterAsync()
    {
        try
        {
            var form = Input!;
            await api.RegisterAsync(new RegisterBody(form.FirstName, form.LastName, form.Email, form.Password), Visitor.Of(Http), Http.RequestAborted);
            var session = await api.LoginAsync(new LoginBody(form.Email, form.Password), Visitor.Of(Http), Http.RequestAborted);
            await SessionCookie.SignInAsync(Http, session);
            navigation.NavigateTo(PanelRoutes.LocalOrHome(ReturnUrl));
        }
        catch (ApiException e) when (e.Status is HttpStatusCode.Conflict)
        {
            _messages.Add(_context.Field(nameof(RegisterForm.Email)), "Somebody has registered with this e-mail address already.");
        }
        catch (ApiException e)
        {
            Show(e);
        }
    }

    private void Show(ApiException e)
    {
        var fields = typeof(RegisterForm).GetProperties().ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        var elsewhere = new List<string>();
        foreach (var (field, messages) in e.Errors)
        {
            if (fields.TryGetValue(field, out var property))
                _messages.Add(_context.Field(property.Name), messages);
            else
                elsewhere.AddRange(messages);
        }

        if (e.Errors.Count == 0 || elsewhere.Count > 0)
            _error = string.Join(' ', [e.Message, .. elsewhere]);
    }
}
