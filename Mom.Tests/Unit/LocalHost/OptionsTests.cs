using Mom.LocalHost.Commands;
using Mom.LocalHost.Ports;

namespace Mom.Tests.Unit.LocalHost;

[Trait("Group", "unit")]
public sealed class OptionsTests
{
    [Fact]
    public void Takes_the_command_line_apart()
    {
        var options = Options.Parse(["scale", "api", "2", "--port-offset", "5", "--detach"]);
        Assert.Equal(("scale", true, 5), (options.Command, options.Detach, options.PortOffset));
        Assert.Equal(["api", "2"], options.Operands);
        Assert.Equal(PortMap.Standard.Offset(5), options.ToSystem().Ports);
    }

    [Fact]
    public void A_negative_number_is_no_option() =>
        Assert.Equal("-1", Options.Parse(["scale", "api", "-1"]).Operand(1, "a number"));

    [Theory]
    [InlineData("up has no option --nonsense.", "up", "--nonsense")]
    [InlineData("--port-offset needs a value.", "up", "--port-offset")]
    [InlineData("--port-offset needs a number from 0 to 46645.", "up", "--port-offset", "many")]
    [InlineData("--port-offset needs a number from 0 to 46645.", "up", "--port-offset", "-1")]
    [InlineData("--port-offset needs a number from 0 to 46645.", "up", "--port-offset", "46646")]
    [InlineData("Say what to do.")]
    public void What_makes_no_sense_is_said_in_a_sentence(string sentence, params string[] arguments) =>
        Assert.Equal(sentence, Assert.Throws<UsageException>(() => Options.Parse(arguments)).Message);

    [Fact]
    public void A_missing_operand_and_one_too_many_are_named()
    {
        var options = Options.Parse(["stop", "api", "socket"]);
        Assert.Contains("'socket'", Assert.Throws<UsageException>(() => options.DemandNoMoreThan(1)).Message, StringComparison.Ordinal);
        Assert.Contains("a number", Assert.Throws<UsageException>(() => options.Operand(2, "a number")).Message, StringComparison.Ordinal);
    }
}
