using Mom.Contracts.Notifications;

namespace Mom.Panel.Notifications;

/// <summary>
/// The user's latest notifications. What was read here stays read, even when an answer of the API is a little older than that:
/// marks reach the database through a queue, without a reply.
/// </summary>
public sealed class NotificationBoard
{
    /// <summary>Notifications that are kept here, at most.</summary>
    public const int Limit = 100;

    private readonly HashSet<Guid> _readHere = [];
    private readonly List<Notification> _items = [];
    private DateTimeOffset? _allReadUntil;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<Notification> Items => _items;

    /// <summary>All unread notifications, listed or not.</summary>
    public int Unread { get; private set; }

    /// <summary>Shows what the API answered.</summary>
    public void Show(NotificationList list)
    {
        _items.Clear();
        _items.AddRange(list.Notifications.Select(AsRead));

        var listed = _items.Count(IsUnread);
        var seenHere = list.Notifications.Count(IsUnread) - listed;
        Unread = _allReadUntil is null ? Math.Max(listed, list.Unread - seenHere) : listed;
    }

    /// <summary>Adds a notification from an event.</summary>
    /// <returns>Whether it is new here: each may come twice.</returns>
    public bool Add(Notification notification)
    {
        if (_items.Exists(item => item.Id == notification.Id))
            return false;

        _items.Insert(0, notification);
        if (_items.Count > Limit)
            _items.RemoveAt(Limit);
        if (IsUnread(notification))
            Unread++;
        return true;
    }

    /// <returns>Whether it was unread.</returns>
    public bool MarkRead(Guid id, DateTimeOffset now)
    {
        var index = _items.FindIndex(item => item.Id == id);
        if (index < 0 || !IsUnread(_items[index]))
            return false;

        _readHere.Add(id);
        _items[index] = _items[index] with { ReadAt = now };
        Unread--;
        return true;
    }

    public void MarkAllRead(DateTimeOffset now)
    {
        _allReadUntil = _items.Count > 0 ? _items.Max(item => item.CreatedAt) : now;
        for (var i = 0; i < _items.Count; i++)
            _items[i] = _items[i] with { ReadAt = _items[i].ReadAt ?? now };
        Unread = 0;
    }

    /// <summary>Applies a read mark of any window, this one included.</summary>
    public void Take(NotificationsRead read)
    {
        if (read.Ids is { } ids)
        {
            foreach (var id in ids)
                MarkRead(id, read.At);
            return;
        }

        for (var i = 0; i < _items.Count; i++)
        {
            if (IsUnread(_items[i]) && _items[i].CreatedAt <= read.At)
                _items[i] = _items[i] with { ReadAt = read.At };
        }

        _allReadUntil = _allReadUntil > read.At ? _allReadUntil : read.At;
        Unread = _items.Count(IsUnread);
    }

    private static bool IsUnread(Notification item) => item.ReadAt is null;

    private Notification AsRead(Notification item) =>
        IsUnread(item) && (_readHere.Contains(item.Id) || item.CreatedAt <= _allReadUntil)
            ? item with { ReadAt = item.CreatedAt }
            : item;
}
