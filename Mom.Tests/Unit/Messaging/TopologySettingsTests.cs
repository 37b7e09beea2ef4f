using Microsoft.Extensions.Configuration;
using Mom.Contracts;
using Mom.Messaging.Topology;

namespace Mom.Tests.Unit.Messaging;

[Trait("Group", "unit")]
public sealed class TopologySettingsTests
{
    [Fact]
    public void One_option_sets_the_type_of_all_queues_and_another_that_of_one()
    {
        var topology = Apply(("Messaging:QueueType", "quorum"), ("Messaging:QueueTypes:db.queries", "Classic"));

        Assert.Equal(QueueType.Quorum, topology.TypeOf(topology.Queue(MomQueues.DbCommands)));
        Assert.Equal(QueueType.Classic, topology.TypeOf(topology.Queue(MomQueues.DbQueries)));
        Assert.Equal(MomTopology.Default.Queue(MomQueues.DbCommands).RetryDelays, topology.Queue(MomQueues.DbCommands).RetryDelays);
    }

    [Fact]
    public void Without_configuration_it_is_as_defined() => Assert.Equal(QueueType.Classic, Apply().TypeOf(Apply().Queue(MomQueues.DbCommands)));

    [Fact]
    public void Another_word_is_refused_with_those_that_are_known()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Apply(("Messaging:QueueType", "mirrored")));
        Assert.Equal("Messaging:QueueType is 'mirrored'. Set it to Classic or Quorum.", error.Message);
    }

    private static BrokerTopology Apply(params (string Key, string Value)[] settings) => ConfiguredTopology.Apply(
        MomTopology.Default,
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build());
}
