using Microsoft.AspNetCore.Components;
using Mom.Panel.Admin.Feed;
using Mom.Panel.Api;

namespace Mom.Panel.Admin.Parts;

/// <summary>A page of administrators with a list that is loaded when it is opened, filtered or paged; its filter is part of the address.</summary>
public abstract class AdminList : AdminComponent
{
    /// <summary>Rows on a page.</summary>
    protected const int PageSize = 25;

    private string? _asked;

    [Inject] protected NavigationManager Navigation { get; set; } = null!;

    protected string? Failure { get; private set; }

    protected bool IsLoading { get; private set; }

    /// <summary>The query as in the address; a change loads the list again.</summary>
    protected abstract string Question { get; }

    /// <summary>Reads the list from the API.</summary>
    protected abstract Task ListAsync(CancellationToken cancellationToken);

    protected static int PagesOf(int total) => Math.Max(1, (total + PageSize - 1) / PageSize);

    protected override async Task OnParametersSetAsync()
    {
        if (RendererInfo.IsInteractive && !string.Equals(Question, _asked, StringComparison.Ordinal))
            await LoadAsync();
    }

    /// <summary>Loads the list again.</summary>
    protected async Task LoadAsync()
    {
        _asked = Question;
        IsLoading = true;
        try
        {
            using (UserAction.Begin("list for administrator"))
                await ListAsync(Stop);
            Failure = null;
        }
        catch (ApiException e)
        {
            Failure = e.Message;
        }
        catch (OperationCanceledException)
        {
            // The page is left.
        }
        finally
        {
            IsLoading = false;
        }
    }

    /// <summary>Shows another page of the list, as a new entry of the browser's history.</summary>
    protected void Show(IReadOnlyDictionary<string, object?> parameters) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(parameters));
}
