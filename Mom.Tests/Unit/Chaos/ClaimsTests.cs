using Mom.Chaos.Bookkeeping;
using Mom.Chaos.Load;

namespace Mom.Tests.Unit.Chaos;

/// <summary>What is a promise when the broker loses its disk: docs/nothing-is-lost.md, "What is not promised".</summary>
[Trait("Group", "unit")]
public sealed class ClaimsTests
{
    private const string Ann = "ann@example.org";
    private readonly Claims _claims = new();

    [Theory]
    [InlineData(true, false, true)]
    [InlineData(false, false, false)]
    [InlineData(false, true, true)]
    public void What_only_the_broker_had_is_no_promise_when_its_disk_is_lost(bool isStored, bool isSeenDone, bool isStillPromised)
    {
        Order(7, isStored, _claims.Disk);
        if (isSeenDone)
        {
            _claims.Pushed(new PushFact(Ann, 7, IsEnd: true));
        }

        Assert.True(Assert.Single(_claims.Jobs).IsAcknowledged);
        _claims.DiskLost();
        Assert.Equal(isStillPromised, Assert.Single(_claims.Jobs).IsAcknowledged);
    }

    [Fact]
    public void An_answer_to_a_request_of_before_the_loss_is_a_promise_only_when_the_database_has_it()
    {
        var before = _claims.Disk;
        _claims.DiskLost();
        Order(1, isStored: false, before);
        Order(2, isStored: true, before);
        Order(3, isStored: false, _claims.Disk);
        Assert.Equal([2, 3], _claims.Jobs.Where(job => job.IsAcknowledged).Select(job => job.Marker).Order());
    }

    [Fact]
    public void The_same_holds_for_registrations()
    {
        foreach (var (email, isStored) in new[] { (Ann, false), ("bob@example.org", true) })
        {
            _claims.Registering(email);
            _claims.Registered(email, isStored, _claims.Disk);
        }

        _claims.DiskLost();
        Assert.Equal("bob@example.org", Assert.Single(_claims.Users, user => user.IsAcknowledged).Email);
    }

    private void Order(long marker, bool isStored, int disk)
    {
        _claims.Asking(new JobOrder("math", marker, [], ["3"]), Ann);
        _claims.Promised(marker, Guid.NewGuid(), isStored, disk);
    }
}
