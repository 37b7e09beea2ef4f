using Mom.Contracts.Jobs;
using Mom.Panel.Jobs;

namespace Mom.Tests.Unit.Panel;

[Trait("Group", "unit")]
public sealed class OperationTextTests
{
    [Theory]
    [InlineData("1 + 2 + 3", "add", "1, 2, 3")]
    [InlineData("add 1 2 3", "add", "1, 2, 3")]
    [InlineData("ADD: 1, 2,3", "add", "1, 2, 3")]
    [InlineData("6 * 7", "multiply", "6, 7")]
    [InlineData("6×7", "multiply", "6, 7")]
    [InlineData("1 ÷ 8 = 0.125", "divide", "1, 8")]
    [InlineData("10 - 3 − 2", "subtract", "10, 3, 2")]
    [InlineData("-1 - -2", "subtract", "-1, -2")]
    [InlineData("2 * (-3)", "multiply", "2, -3")]
    [InlineData("factors of 360", "factors", "360")]
    [InlineData("factors 360 97", "factors", "360, 97")]
    [InlineData("  1.5+2 \r", "add", "1.5, 2")]
    public void A_line_is_an_operation(string line, string method, string numbers)
    {
        var (operations, bad) = OperationText.Parse(line);

        Assert.Empty(bad);
        var operation = Assert.Single(operations);
        Assert.Equal((method, numbers), (operation.Method, operation.Numbers));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("1 + 2 * 3")]
    [InlineData("add")]
    [InlineData("add one two")]
    [InlineData("1 + x")]
    [InlineData("factors 1.5")]
    [InlineData("<script>")]
    public void What_is_none_is_told_with_its_line(string line)
    {
        var (operations, bad) = OperationText.Parse($"1 + 2\n\n{line}\n3 + 4");

        Assert.Equal(2, operations.Count);
        Assert.Equal(3, Assert.Single(bad).Number);
    }

    [Theory]
    [InlineData("add", "1,2,3")]
    [InlineData("subtract", "1,-2")]
    [InlineData("multiply", "-6,-7")]
    [InlineData("divide", "1,8")]
    [InlineData("factors", "360,97")]
    public void What_the_panel_shows_can_be_pasted_again(string method, string numbers)
    {
        var detail = new JobDetail(method, numbers.Split(','), Result: "6", Error: null, Attempts: 1);

        var operation = Assert.Single(OperationText.Parse(Expression.Solved(detail)).Operations);

        Assert.Equal((method, numbers), (operation.Method, operation.Numbers.Replace(" ", "", StringComparison.Ordinal)));
    }
}
