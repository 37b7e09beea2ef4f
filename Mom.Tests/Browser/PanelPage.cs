using Microsoft.Playwright;

namespace Mom.Tests.Browser;

/// <summary>The panel in a browser, in the words of somebody who uses it.</summary>
internal sealed class PanelPage(IPage page, string panel)
{
    private const string Password = "correct horse";

    /// <summary>The jobs of the list, newest first.</summary>
    public ILocator Jobs => page.GetByTestId("job");

    public ILocator Button(string name) => page.GetByRole(AriaRole.Button, new() { Name = name });

    public async Task RegisterAsync(string email)
    {
        await page.GotoAsync($"{panel}/register");
        await page.GetByLabel("First name").FillAsync("Ann");
        await page.GetByLabel("Last name").FillAsync("Lee");
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(Password);
        await Button("Create account").ClickAsync();
        await IsLiveAsync();
    }

    public async Task LogOutAsync()
    {
        await page.GetByLabel("Account of Ann Lee").ClickAsync();
        await Button("Log out").ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Log in" }).WaitForAsync();
    }

    public async Task LogInAsync(string email, string password = Password)
    {
        await page.GotoAsync($"{panel}/login");
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByLabel("Password").PressAsync("Enter");
        await IsLiveAsync();
    }

    /// <summary>Writes one operation of the new job.</summary>
    /// <param name="number">Its position, from 1; operations before it are there already.</param>
    public async Task FillOperationAsync(int number, string method, string numbers)
    {
        if (number > 1)
        {
            await Button("Add operation").ClickAsync();
        }

        var row = page.GetByRole(AriaRole.Group, new() { Name = $"Operation {number}", Exact = true });
        await ChooseAsync(row.GetByLabel("Method"), method);
        await row.GetByLabel("Numbers").FillAsync(numbers);
    }

    /// <summary>Chooses from a list that opens.</summary>
    public async Task ChooseAsync(ILocator list, string option)
    {
        await list.ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = option }).ClickAsync();
        // The list takes the focus with it until it has closed.
        await Assertions.Expect(page.GetByRole(AriaRole.Option)).ToHaveCountAsync(0);
    }

    // Before this the page is only a picture of itself, and a click on it may be lost.
    private Task IsLiveAsync() => Assertions.Expect(page.GetByLabel("Connection: live")).ToBeVisibleAsync();
}
