using Mom.Contracts.Notifications;
using Mom.Panel.Notifications;

namespace Mom.Tests.Unit.Panel;

[Trait("Group", "unit")]
public sealed class NotificationBoardTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly NotificationBoard _board = new();

    [Fact]
    public void One_that_comes_twice_counts_once()
    {
        var notification = Create();

        Assert.True(_board.Add(notification));
        Assert.False(_board.Add(notification));

        Assert.Equal(1, _board.Unread);
    }

    [Fact]
    public void What_was_seen_in_another_window_is_seen_here()
    {
        var (one, other, later) = (Create(), Create(), Create() with { CreatedAt = Now.AddHours(1) });
        _board.Show(new NotificationList([later, one, other], Unread: 3));

        _board.Take(new NotificationsRead(Guid.NewGuid(), [one.Id], Now));
        Assert.Equal(2, _board.Unread);
        _board.Take(new NotificationsRead(Guid.NewGuid(), [one.Id], Now));
        Assert.Equal(2, _board.Unread);

        // All of them, up to then.
        _board.Take(new NotificationsRead(Guid.NewGuid(), Ids: null, Now.AddMinutes(1)));
        Assert.Equal((1, later.Id), (_board.Unread, _board.Items.Single(item => item.ReadAt is null).Id));
    }

    [Fact]
    public void Unread_ones_beyond_the_list_are_counted()
    {
        _board.Show(new NotificationList([Create()], Unread: 70));

        Assert.Equal(70, _board.Unread);
    }

    [Fact]
    public void What_was_read_here_stays_read_when_the_answer_is_older()
    {
        var notification = Create();
        var other = Create();
        _board.Show(new NotificationList([notification, other], Unread: 2));

        Assert.True(_board.MarkRead(notification.Id, Now));
        _board.Show(new NotificationList([notification, other], Unread: 2));

        Assert.Equal(1, _board.Unread);
        Assert.NotNull(_board.Items[0].ReadAt);
    }

    [Fact]
    public void After_all_are_read_only_a_newer_one_is_unread()
    {
        var old = Create();
        _board.Show(new NotificationList([old], Unread: 1));
        _board.MarkAllRead(Now);

        var newer = Create(minutes: 5);
        _board.Show(new NotificationList([newer, old], Unread: 2));

        Assert.Equal(1, _board.Unread);
    }

    private static Notification Create(int minutes = 0) =>
        new(Guid.NewGuid(), "job.succeeded", "Your job is done.", JobId: null, Now.AddMinutes(minutes), ReadAt: null);
}
