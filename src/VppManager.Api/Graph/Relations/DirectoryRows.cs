using System.Linq.Expressions;
using VppManager.Api.Graph.Views;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Relations;

/// <summary>What belongs together in the directory, by the id of the one whose it is: for addresses and for $expand alike.</summary>
internal static class DirectoryRows
{
    public static readonly Expression<Func<GraphReadContext, string, IQueryable<DirectoryObject>>> Members = (db, group) =>
        db.GroupMembers.Where(row => row.GroupId == group)
            .Join(db.DirectoryObjects, row => row.MemberId, member => member.Id, (_, member) => member);

    public static readonly Expression<Func<GraphReadContext, string, IQueryable<DirectoryObject>>> TransitiveMembers = (db, group) =>
        db.TransitiveMembers(group).Join(db.DirectoryObjects, row => row.Id, member => member.Id, (_, member) => member);

    public static readonly Expression<Func<GraphReadContext, string, IQueryable<DirectoryObject>>> MemberOf = (db, member) =>
        db.GroupMembers.Where(row => row.MemberId == member)
            .Join(db.DirectoryObjects, row => row.GroupId, group => group.Id, (_, group) => group);

    public static readonly Expression<Func<GraphReadContext, string, IQueryable<DirectoryObject>>> TransitiveMemberOf = (db, member) =>
        db.TransitiveGroups(member).Join(db.DirectoryObjects, row => row.Id, group => group.Id, (_, group) => group);

    /// <summary>A user's, as the directory has them.</summary>
    public static readonly Expression<Func<GraphReadContext, string, IQueryable<DirectoryObject>>> DevicesOf = (db, user) =>
        db.ManagedDevices.Where(device => device.UserId == user)
            .Join(db.Devices, device => device.AzureADDeviceId, entry => entry.DeviceId, (_, entry) => (DirectoryObject)entry);

    /// <summary>Of a device of the directory.</summary>
    public static readonly Expression<Func<GraphReadContext, string, IQueryable<DirectoryObject>>> UsersOf = (db, id) =>
        db.Devices.Where(device => device.Id == id)
            .Join(db.ManagedDevices, entry => entry.DeviceId, device => device.AzureADDeviceId, (_, device) => device)
            .Join(db.Users, device => device.UserId, user => user.Id, (_, user) => (DirectoryObject)user);

    public static readonly Expression<Func<GraphReadContext, string, IQueryable<User>>> UsersOfManaged = (db, id) =>
        db.ManagedDevices.Where(device => device.Id == id).Join(db.Users, device => device.UserId, user => user.Id, (_, user) => user);

    /// <summary>The same rows where the owner may be left out of an address.</summary>
    public static Expression<Func<GraphReadContext, string?, IQueryable<TItem>>> OfAddress<TItem>(
        Expression<Func<GraphReadContext, string, IQueryable<TItem>>> rows) =>
        Expression.Lambda<Func<GraphReadContext, string?, IQueryable<TItem>>>(rows.Body, rows.Parameters);
}
