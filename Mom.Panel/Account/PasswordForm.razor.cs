using System.Net;
using Microsoft.AspNetCore.Components;
using Mom.Contracts.Users;
using Mom.Panel.Api;

namespace Mom.Panel.Account;

/// <summary>Changes the user's own password.</summary>
public sealed partial class PasswordForm : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private PasswordInput _input = new();
    private string? _error;
    private string? _presentError;
    private string? _wantedError;
    private string? _againError;
    private bool _changed;
    private bool _busy;

    /// <summary>Raised after the password was changed.</summary>
    [Parameter] public EventCallback OnChanged { get; set; }

    [Inject] private ApiClient Api { get; set; } = null!;

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task SubmitAsync()
    {
        (_error, _changed) = (null, false);
        _presentError = _input.Present.Length == 0 ? "Enter your present password." : null;
        _wantedError = _input.Wanted.Length == 0 ? "Choose a new password." : null;
        _againError = !string.Equals(_input.Wanted, _input.Again, StringComparison.Ordinal) ? "This is not the same." : null;
        if (_busy || (_presentError ?? _wantedError ?? _againError) is not null)
            return;

        _busy = true;
        try
        {
            using (UserAction.Begin("change password"))
                await Api.ChangePasswordAsync(new ChangePasswordBody(_input.Present, _input.Wanted), _stop.Token);
            (_changed, _input) = (true, new PasswordInput());
            await OnChanged.InvokeAsync();
        }
        catch (ApiException e)
        {
            Show(e);
        }
        catch (OperationCanceledException)
        {
            // The page is left.
        }
        finally
        {
            _busy = false;
        }
    }

    private void Show(ApiException e)
    {
        _presentError = e.Status is HttpStatusCode.Forbidden ? e.Message : First(e, "currentPassword");
        _wantedError = First(e, "newPassword");
        if ((_presentError ?? _wantedError) is null)
            _error = e.Message;
    }

    private static string? First(ApiException e, string field) => e.Errors.TryGetValue(field, out var messages) ? string.Join(' ', messages) : null;

    private sealed class PasswordInput
    {
        public string Present { get; set; } = "";

        public string Wanted { get; set; } = "";

        public string Again { get; set; } = "";
    }
}
