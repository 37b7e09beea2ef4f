using System.Globalization;
using Microsoft.AspNetCore.Components;
using Mom.Contracts.Operations;
using Mom.Panel.Admin.Parts;
using Mom.Panel.Api;

namespace Mom.Panel.DeadLetters;

/// <summary>All details of one dead letter, and its actions.</summary>
public sealed partial class OneDeadLetterPage : AdminList
{
    private DeadLetterDetail? _detail;
    private string _body = "";
    private string? _reason;
    private bool _isMissing;

    [Parameter] public long Id { get; set; }

    [Inject] private ApiClient Api { get; set; } = null!;

    protected override bool IsLive => false;

    protected override string Question => Id.ToString(CultureInfo.InvariantCulture);

    private bool IsEdited => _detail is { } detail && !string.Equals(_body, detail.Body, StringComparison.Ordinal);

    private string Lead => _detail?.Letter is not { } letter ? "" : letter.Type.Length == 0 ? "A message without a type." : letter.Type;

    protected override async Task ListAsync(CancellationToken cancellationToken)
    {
        _detail = await Client.FindDeadLetterAsync(Id, cancellationToken);
        _isMissing = _detail is null;
        _body = _detail?.Body ?? "";
    }

    private static string Iso(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);

    private async Task SaveAsync()
    {
        if (await TryAsync("edit dead letter", "The change is saved. A replay sends it.", () => Client.EditDeadLetterAsync(Id, _body, Stop)))
            await LoadAsync();
    }

    private async Task ReplayAsync()
    {
        // These are two commands. If the second fails, the edit is stored and the page says so.
        if (IsEdited && !await TryAsync("edit dead letter", "The change is saved.", () => Client.EditDeadLetterAsync(Id, _body, Stop)))
            return;

        await TryAsync("replay dead letter", "It is sent to its queue once more.", () => Api.ReplayAsync(Id, Stop));
        await LoadAsync();
    }

    private async Task DiscardAsync()
    {
        if (await TryAsync("discard dead letter", "It is discarded, and stays to be looked at.", () => Api.DiscardAsync(Id, new DiscardBody(_reason), Stop)))
            await LoadAsync();
    }
}
