using Microsoft.EntityFrameworkCore;

namespace Mom.Messaging.EntityFrameworkCore.Sagas;

/// <summary>A saga that has begun and not ended.</summary>
public sealed class SagaRow
{
    /// <summary>Which saga, by the name that it was registered with.</summary>
    public required string Saga { get; set; }

    /// <summary>The key of its messages.</summary>
    public required string Id { get; set; }

    /// <summary>Its state, as JSON.</summary>
    public required string State { get; set; }

    /// <summary>How many messages it has handled.</summary>
    public long Version { get; set; }

    /// <summary>When it began.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it handled its last message.</summary>
    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>Adds the table of the sagas to a model.</summary>
public static class SagaModelBuilderExtensions
{
    /// <summary>Adds the table <c>sagas</c>. The context must use snake_case names (EFCore.NamingConventions).</summary>
    public static ModelBuilder AddSagas(this ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Entity<SagaRow>(row =>
        {
            row.ToTable("sagas");
            row.HasKey(saga => new { saga.Saga, saga.Id });
            row.Property(saga => saga.Id).HasMaxLength(255);
            row.Property(saga => saga.State).HasColumnType("jsonb");
            row.Property(saga => saga.Version).IsConcurrencyToken();
        });
        return model;
    }
}
