using System.ComponentModel.DataAnnotations;

namespace Mom.Panel.Session;

/// <summary>The fields of the login form.</summary>
public sealed class LoginForm
{
    [Required(ErrorMessage = "Enter your e-mail address.")]
    public string Email { get; set; } = "";

    [Required(ErrorMessage = "Enter your password.")]
    public string Password { get; set; } = "";
}
