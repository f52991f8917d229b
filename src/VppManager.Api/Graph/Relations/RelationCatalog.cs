using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using VppManager.Api.Graph.Endpoints;
using VppManager.Api.Graph.Query;
using VppManager.Api.Graph.Views;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Relations;

/// <summary>All relations that are read besides, by their property.</summary>
internal static class RelationCatalog
{
    /// <summary>Of the directory Graph expands twenty objects and says nothing of the others.</summary>
    public const int MostOfDirectory = 20;

    private static readonly Dictionary<(Type, string), Relation> Known = All()
        .ToDictionary(relation => (relation.Property.DeclaringType!, relation.Property.Name));

    public static Relation? Of(PropertyInfo property) => Known.GetValueOrDefault((property.DeclaringType!, property.Name));

    private static IEnumerable<Relation> All() => [.. OfGroups(), .. OfUsers(), .. OfDevices(), .. OfApps(), .. OfBooks(), .. OfRoles()];

    private static IEnumerable<Relation> OfGroups() =>
    [
        Directory<Group>(group => group.Members, DirectoryRows.Members),
        Directory<Group>(group => group.TransitiveMembers, DirectoryRows.TransitiveMembers),
        Directory<Group>(group => group.MemberOf, DirectoryRows.MemberOf),
        Directory<Group>(group => group.TransitiveMemberOf, DirectoryRows.TransitiveMemberOf),
    ];

    // What a user is to have and what went wrong with it is no matter of the directory: it is read at its own address, by whoever may read reports.
    private static IEnumerable<Relation> OfUsers() =>
    [
        Directory<User>(user => user.MemberOf, DirectoryRows.MemberOf),
        Directory<User>(user => user.TransitiveMemberOf, DirectoryRows.TransitiveMemberOf),
        Directory<User>(user => user.OwnedDevices, DirectoryRows.DevicesOf),
        Directory<User>(user => user.RegisteredDevices, DirectoryRows.DevicesOf),
    ];

    private static IEnumerable<Relation> OfDevices() =>
    [
        Directory<Device>(device => device.MemberOf, DirectoryRows.MemberOf),
        Directory<Device>(device => device.TransitiveMemberOf, DirectoryRows.TransitiveMemberOf),
        Directory<Device>(device => device.RegisteredOwners, DirectoryRows.UsersOf),
        Directory<Device>(device => device.RegisteredUsers, DirectoryRows.UsersOf),
        Linked<ManagedDevice, User>(device => device.Users, DirectoryRows.UsersOfManaged),
    ];

    private static IEnumerable<Relation> OfApps() =>
    [
        Linked<MobileApp, MobileAppCategory>(app => app.Categories, (db, app) =>
            db.AppCategories.Where(link => link.AppId == app).Join(db.Categories, link => link.CategoryId, row => row.Id, (_, row) => row)),
        Linked<IosVppApp, IosVppAppAssignedLicense>(
            app => app.AssignedLicenses, (db, app) => db.IosLicenses.Where(row => EF.Property<string>(row, LicenseMapping.AppId) == app)),
        Linked<MacOsVppApp, MacOsVppAppAssignedLicense>(
            app => app.AssignedLicenses, (db, app) => db.MacOsLicenses.Where(row => EF.Property<string>(row, LicenseMapping.AppId) == app)),
    ];

    private static IEnumerable<Relation> OfBooks() =>
    [
        Linked<ManagedEBook, DeviceInstallState>(
            book => book.DeviceStates, (db, book) => db.BookDeviceStates.Where(row => EF.Property<string>(row, BookMapping.BookId) == book)),
        Linked<ManagedEBook, UserInstallStateSummary>(
            book => book.UserStateSummary, (db, book) => db.BookUserStates.Where(row => EF.Property<string>(row, BookMapping.BookId) == book)),
        Linked<ManagedEBook, EBookInstallSummary>(book => book.InstallSummary, (db, book) => db.BookSummaries.Where(row => row.Id == book)),
        new OwnRelation<UserInstallStateSummary>(PropertyOf<UserInstallStateSummary>(one => one.DeviceStates), BookStates.FillAsync),
    ];

    private static IEnumerable<Relation> OfRoles() =>
    [
        Linked<DeviceAndAppManagementRoleAssignment, RoleScopeTag>(assignment => assignment.RoleScopeTags, (db, id) =>
            db.RoleAssignments.OfType<DeviceAndAppManagementRoleAssignment>().Where(row => row.Id == id)
                .SelectMany(row => db.RoleScopeTags.Where(tag => row.RoleScopeTagIds.Contains(tag.Id)))),
        new OwnRelation<RoleScopeTag>(PropertyOf<RoleScopeTag>(tag => tag.Assignments), (_, tags, _) =>
        {
            foreach (var tag in tags) tag.Assignments = ScopeTagForms.Of(tag.Id, tag.StoredAssignments);
            return Task.CompletedTask;
        }),
    ];

    private static RowRelation<TOwner, DirectoryObject> Directory<TOwner>(
        Expression<Func<TOwner, object?>> property, Expression<Func<GraphReadContext, string, IQueryable<DirectoryObject>>> source)
        where TOwner : Entity =>
        new(PropertyOf(property), source, MostOfDirectory, isLinked: false);

    private static RowRelation<TOwner, TItem> Linked<TOwner, TItem>(
        Expression<Func<TOwner, object?>> property, Expression<Func<GraphReadContext, string, IQueryable<TItem>>> source)
        where TOwner : Entity
        where TItem : Entity =>
        new(PropertyOf(property), source, QueryPlan.LargestPage, isLinked: true);

    private static PropertyInfo PropertyOf<TOwner>(Expression<Func<TOwner, object?>> property) => (PropertyInfo)((MemberExpression)property.Body).Member;
}
