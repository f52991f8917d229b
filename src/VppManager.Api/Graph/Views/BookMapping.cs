using Microsoft.EntityFrameworkCore;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Views;

internal static class BookMapping
{
    public const string BookId = nameof(BookId);
    public const string SummaryId = nameof(SummaryId);

    public static void Map(ModelBuilder model)
    {
        var book = model.View<ManagedEBook>("graph_managed_ebooks").Guids(book => book.Id);
        book.HasDiscriminator<string>("Kind").HasValue<IosVppEBook>("book");
        book.Property(one => one.HasCover);
        book.HasMany(one => one.Assignments).WithOne().HasForeignKey(BookId);
        book.HasMany(one => one.DeviceStates).WithOne().HasForeignKey(BookId);
        model.Entity<IosVppEBook>().WithoutAbsentColumns();
        model.Ignore<ManagedEBookCategory>();

        MapAssignments(model);
        MapStates(model);
    }

    private static void MapAssignments(ModelBuilder model)
    {
        var assignment = model.View<ManagedEBookAssignment>("graph_ebook_assignments");
        assignment.HasDiscriminator<string>("Kind").HasValue<IosVppEBookAssignment>("book").HasValue<ManagedEBookAssignment>("other");
        assignment.Property<string>(BookId).HasConversion<GuidText>();
        assignment.Property(row => row.Target).HasJson();
        AssignmentMapping.MapTarget(assignment);
    }

    private static void MapStates(ModelBuilder model)
    {
        var state = model.View<DeviceInstallState>("graph_ebook_device_states").Guids(row => row.DeviceId);
        state.Property<string>(BookId).HasConversion<GuidText>();
        state.Property<string?>(SummaryId);

        model.View<UserInstallStateSummary>("graph_ebook_user_states").Property<string>(BookId).HasConversion<GuidText>();
        model.View<EBookInstallSummary>("graph_ebook_summaries").Guids(row => row.Id);
    }
}
