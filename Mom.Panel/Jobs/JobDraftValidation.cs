using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components.Forms;
using Mom.Contracts.Jobs;
using Mom.Panel.Api;

namespace Mom.Panel.Jobs;

/// <summary>Shows errors of a draft at its fields: those of the panel and those of the API.</summary>
internal sealed partial class JobDraftValidation
{
    private readonly JobDraft _draft;
    private readonly EditContext _context;
    private readonly ValidationMessageStore _messages;

    public JobDraftValidation(JobDraft draft)
    {
        _draft = draft;
        _context = new EditContext(draft);
        _messages = new ValidationMessageStore(_context);
        _context.OnValidationRequested += (_, _) => CheckAll();
        _context.OnFieldChanged += (_, change) => CheckOne(change.FieldIdentifier);
    }

    public EditContext Context => _context;

    /// <summary>The first operation with something wrong.</summary>
    public OperationDraft? FirstInvalid => _draft.Operations.FirstOrDefault(IsInvalid);

    public void Clear()
    {
        _messages.Clear();
        _context.NotifyValidationStateChanged();
    }

    /// <summary>Puts the API's errors to their fields.</summary>
    /// <returns>Those that belong to no field.</returns>
    public IReadOnlyList<string> Show(ApiException error)
    {
        var elsewhere = new List<string>();
        foreach (var (path, messages) in error.Errors)
        {
            if (Find(path) is { } field)
                _messages.Add(field, messages);
            else
                elsewhere.AddRange(messages);
        }

        _context.NotifyValidationStateChanged();
        return elsewhere;
    }

    // Such as details[2].numbers, or $.details[2].numbers[0] from the JSON reader.
    [GeneratedRegex(@"details\[(?<index>\d{1,4})\](\.(?<field>\w+))?", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex FieldPath();

    private static FieldIdentifier Input(OperationDraft operation) =>
        new(operation, operation.Type.Input is JobInput.Text ? nameof(OperationDraft.Text) : nameof(OperationDraft.Numbers));

    private static FieldIdentifier Method(OperationDraft operation) => new(operation, nameof(OperationDraft.Method));

    private bool IsInvalid(OperationDraft operation) => _messages[Input(operation)].Any() || _messages[Method(operation)].Any();

    private FieldIdentifier? Find(string path)
    {
        var match = FieldPath().Match(path);
        if (!match.Success || int.Parse(match.Groups["index"].ValueSpan, CultureInfo.InvariantCulture) is var index && index >= _draft.Operations.Count)
            return null;

        var operation = _draft.Operations[index];
        return match.Groups["field"].ValueSpan.Equals("method", StringComparison.OrdinalIgnoreCase) ? Method(operation) : Input(operation);
    }

    private void CheckAll()
    {
        _messages.Clear();
        foreach (var operation in _draft.Operations)
            Check(operation);
        _context.NotifyValidationStateChanged();
    }

    private void CheckOne(FieldIdentifier field)
    {
        if (field.Model is not OperationDraft operation)
            return;

        _messages.Clear(field);
        _messages.Clear(Input(operation));
        // A missing input is no error while only the method was changed.
        if (operation.Input.Length > 0)
            Check(operation);
        _context.NotifyValidationStateChanged();
    }

    private void Check(OperationDraft operation)
    {
        if (operation.Check() is { } error)
            _messages.Add(Input(operation), error);
    }
}
