using System.ComponentModel.DataAnnotations;

namespace Mom.Panel.Session;

/// <summary>The fields of the registration form; the limits are those of the API.</summary>
public sealed class RegisterForm
{
    [Required(ErrorMessage = "Enter your first name.")]
    [StringLength(100, ErrorMessage = "At most 100 characters.")]
    public string FirstName { get; set; } = "";

    [Required(ErrorMessage = "Enter your last name.")]
    [StringLength(100, ErrorMessage = "At most 100 characters.")]
    public string LastName { get; set; } = "";

    [Required(ErrorMessage = "Enter your e-mail address.")]
    [EmailAddress(ErrorMessage = "This is not an e-mail address.")]
    public string Email { get; set; } = "";

    [Required(ErrorMessage = "Choose a password.")]
    [StringLength(128, MinimumLength = 8, ErrorMessage = "8 to 128 characters.")]
    public string Password { get; set; } = "";
}
