using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Mom.Api.Jobs;
using Mom.Api.Requests;
using Mom.Contracts.Jobs;
using Mom.Contracts.Json;

namespace Mom.Tests.Unit.Api;

[Trait("Group", "unit")]
public sealed class OperationGraphTests
{
    private const string A = """{"id":"a","method":"add","numbers":"1,2"}""";

    [Theory]
    [InlineData("""{"id":"1a","method":"add","numbers":"1"}""", "details[1].id", "An id is a letter, then letters")]
    [InlineData("""{"id":"a","method":"add","numbers":"1"}""", "details[1].id", "The id 'a' is that of operation 1 already.")]
    [InlineData("""{"method":"add","numbers":"1","after":["b"]}""", "details[1].after[0]", "No operation of this job has the id 'b'.")]
    [InlineData("""{"method":"add","numbers":"1","after":[null]}""", "details[1].after[0]", "No operation of this job has the id ''.")]
    [InlineData("""{"id":"b","method":"add","numbers":"1","after":["b"]}""", "details[1].after[0]", "'b' is this operation itself.")]
    [InlineData("""{"id":"b","method":"add","numbers":"1","after":["c"]},{"id":"c","method":"add","numbers":"1","after":["b"]}""", "details[1].after[0]", "'c' stands later in the list. An operation names only those before it, so that there is no cycle.")]
    [InlineData("""{"method":"add","numbers":"1","after":["a","a"]}""", "details[1].after[1]", "'a' stands here twice.")]
    [InlineData("""{"method":"add","numbers":["$b","2"]}""", "details[1].numbers[0]", "No operation of this job has the id 'b'.")]
    [InlineData("""{"method":"add","numbers":"2,$b"},{"id":"b","method":"add","numbers":"1"}""", "details[1].numbers[1]", "'b' stands later in the list.")]
    [InlineData("""{"method":"add","numbers":"$1,2"}""", "details[1].numbers[0]", "A number is written as 1, -2 or 3.75")]
    [InlineData("""{"method":"add","numbers":"1","after":["a"],"when":"always"}""", "details[1].when", "When is one of: succeeded, failed.")]
    [InlineData("""{"method":"add","numbers":"1","when":"failed"}""", "details[1].when", "Say in after whose failure this is about.")]
    [InlineData("""{"method":"add","numbers":"$a","after":["a"],"when":"failed"}""", "details[1].numbers[0]", "This comes after a failure, and 'a'")]
    [InlineData("""{"method":"add","numbers":"1","compensates":"b"}""", "details[1].compensates", "No operation of this job has the id 'b'.")]
    [InlineData("""{"method":"add","numbers":"1","compensates":"a","after":["a"]}""", "details[1].compensates", "A compensation has neither after nor when")]
    [InlineData("""{"method":"add","numbers":"1","compensates":"a"},{"method":"add","numbers":"1","compensates":"a"}""", "details[2].compensates", "'a' has a compensation already.")]
    [InlineData("""{"id":"b","method":"add","numbers":"1","compensates":"a"},{"method":"add","numbers":"1","after":["b"]}""", "details[2].after[0]", "'b' is a compensation")]
    public void What_is_wrong_with_a_graph_is_said_at_its_field(string more, string field, string sentence)
    {
        var errors = Check($"{A},{more}");
        Assert.True(errors.TryGetValue(field, out var messages), $"there should be an error of {field} among [{string.Join("; ", errors.Select(error => $"{error.Key}: {error.Value[0]}"))}]");
        Assert.StartsWith(sentence, Assert.Single(messages), StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_of_ids_without_end_is_not_looked_at()
    {
        var ids = string.Join(',', Enumerable.Repeat("\"a\"", 100_000));
        var errors = Check($$"""{{A}},{"method":"add","numbers":"1","after":[{{ids}}]}""");
        Assert.Equal("An operation comes after at most 99 others.", Assert.Single(errors["details[1].after"]));
    }

    [Fact]
    public void A_graph_with_all_that_it_may_have_is_valid() => Assert.Empty(Check(
        $$"""{{A}},{"id":"b","method":"add","numbers":["$a","2"],"when":"succeeded"},{"method":"add","numbers":"$a,1","after":["b"],"when":"failed"},{"method":"subtract","numbers":"$a,$b","compensates":"b"}"""));

    [Fact]
    public void A_list_stays_a_list_and_in_a_graph_no_operation_is_without_what_it_comes_after()
    {
        Assert.False(CreateJobBody.IsGraph(Read("""{"method":"add","numbers":"1"},{"method":"add","numbers":"2"}""")));
        var graph = Read($$"""{{A}},{"method":"add","numbers":"2","after":["a"],"when":"succeeded"}""");
        Assert.True(CreateJobBody.IsGraph(graph));
        var operations = graph.Select(detail => detail!.ToOperation(MathStep.JobType, isGraph: true)).ToList();
        Assert.Empty(operations[0].After!);
        Assert.Equal(["a"], operations[1].After!);
        Assert.Null(operations[1].When);
    }

    private static IReadOnlyList<CreateJobDetail?> Read(string details) =>
        JsonSerializer.Deserialize($$"""{"type":"math","details":[{{details}}]}""", MomJsonContext.Default.CreateJobBody)!.Details!;

    private static IDictionary<string, string[]> Check(string details)
    {
        var errors = new FieldErrors();
        JobValidation.Check(new CreateJobBody("math", Read(details)), new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), errors);
        return errors.Any
            ? Assert.IsType<HttpValidationProblemDetails>(Assert.IsType<ProblemHttpResult>(errors.ToProblem()).ProblemDetails).Errors
            : new Dictionary<string, string[]>();
    }
}
