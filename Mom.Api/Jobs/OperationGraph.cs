using Mom.Api.Requests;
using Mom.Contracts.Jobs;

namespace Mom.Api.Jobs;

/// <summary>
/// The rules for what operations of a job come after, and when: see <c>docs/job-graph.md</c>. An operation names only those before it in the list, so that there is
/// no cycle.
/// </summary>
internal sealed class OperationGraph
{
    private readonly JobType _type;
    private readonly IReadOnlyList<CreateJobDetail?> _details;
    private readonly FieldErrors _errors;
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    private OperationGraph(JobType type, IReadOnlyList<CreateJobDetail?> details, FieldErrors errors) => (_type, _details, _errors) = (type, details, errors);

    public static void Check(JobType type, IReadOnlyList<CreateJobDetail?> details, FieldErrors errors)
    {
        var graph = new OperationGraph(type, details, errors);
        // In a plain list a text may be anything.
        var operands = type.Input is not JobInput.Text || CreateJobBody.IsGraph(details);
        graph.CheckIds();
        for (var place = 0; place < details.Count; place++)
        {
            // More ids than there can be are not looked at one by one.
            if (details[place] is { After.Count: >= JobLimits.Operations })
            {
                errors.Add($"details[{place}].after", $"An operation comes after at most {JobLimits.Operations - 1} others.");
            }
            else if (details[place] is { } detail)
            {
                graph.CheckOrder(detail, place);
                if (operands)
                {
                    graph.CheckOperands(detail, place);
                }

                graph.CheckCompensation(detail, place);
            }
        }
    }

    private void CheckIds()
    {
        for (var place = 0; place < _details.Count; place++)
        {
            if (_details[place]?.Id is not { } id)
            {
                continue;
            }

            var field = $"details[{place}].id";
            _errors.Require(OperandSyntax.IsId(id), field, $"An id is a letter, then letters, digits, '-' and '_', at most {JobLimits.OperationId} characters in all.");
            _errors.Require(_places.TryAdd(id, place), field, $"The id '{id}' is that of operation {_places[id] + 1} already.");
        }
    }

    private void CheckOrder(CreateJobDetail detail, int place)
    {
        var after = detail.After ?? [];
        for (var i = 0; i < after.Count; i++)
        {
            CheckBefore(after[i], place, $"details[{place}].after[{i}]");
            _errors.Require(after.Take(i).All(other => !string.Equals(other, after[i], StringComparison.Ordinal)), $"details[{place}].after[{i}]", $"'{after[i]}' stands here twice.");
        }

        _errors.Require(detail.When is null or JobConditions.Succeeded or JobConditions.Failed, $"details[{place}].when", $"When is one of: {JobConditions.Succeeded}, {JobConditions.Failed}.");
        _errors.Require(detail.When is not JobConditions.Failed || after.Count > 0, $"details[{place}].when", "Say in after whose failure this is about.");
    }

    private void CheckOperands(CreateJobDetail detail, int place)
    {
        var inputs = detail.InputsOf(_type) ?? [];
        for (var i = 0; i < inputs.Count; i++)
        {
            if (OperandSyntax.IdOf(inputs[i]) is not { } id)
            {
                continue;
            }

            var field = _type.Input is JobInput.Text ? $"details[{place}].text" : $"details[{place}].numbers[{i}]";
            CheckBefore(id, place, field);
            _errors.Require(
                detail.When is not JobConditions.Failed || detail.After?.Contains(id, StringComparer.Ordinal) != true,
                field,
                $"This comes after a failure, and '{id}', which may be the one that failed, has no result then.");
        }
    }

    private void CheckCompensation(CreateJobDetail detail, int place)
    {
        if (detail.Compensates is not { } id)
        {
            return;
        }

        var field = $"details[{place}].compensates";
        CheckBefore(id, place, field);
        _errors.Require(
            detail is { After: null, When: null },
            field,
            "A compensation has neither after nor when: it comes when the job has failed, in the reverse order of what is compensated.");
        _errors.Require(
            _details.Take(place).All(other => !string.Equals(other?.Compensates, id, StringComparison.Ordinal)),
            field,
            $"'{id}' has a compensation already.");
    }

    private void CheckBefore(string? id, int place, string field)
    {
        if (id is null || !_places.TryGetValue(id, out var other))
        {
            _errors.Add(field, $"No operation of this job has the id '{id}'.");
        }
        else if (other >= place)
        {
            _errors.Add(field, other == place ? $"'{id}' is this operation itself." : $"'{id}' stands later in the list. An operation names only those before it, so that there is no cycle.");
        }
        else if (_details[other]!.Compensates is not null)
        {
            _errors.Add(field, $"'{id}' is a compensation, which is worked on only when the job has failed: nothing comes after it.");
        }
    }
}
