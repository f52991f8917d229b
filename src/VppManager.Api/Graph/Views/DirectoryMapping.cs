using Microsoft.EntityFrameworkCore;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Views;

internal static class DirectoryMapping
{
    public static void Map(ModelBuilder model)
    {
        model.View<DirectoryObject>("graph_directory_objects").Guids(item => item.Id)
            .HasDiscriminator<string>("Kind").HasValue<User>("user").HasValue<Group>("group").HasValue<Device>("device");

        MapMembers(model);
        model.Entity<Device>().WithoutAbsentColumns().Guids(device => device.DeviceId);
        model.Entity<User>().WithoutAbsentColumns()
            .HasMany(user => user.ManagedDevices).WithOne().HasForeignKey(device => device.UserId);

        var managed = model.View<ManagedDevice>("graph_managed_devices")
            .Guids(device => device.Id, device => device.UserId, device => device.AzureADDeviceId);
        managed.Property(device => device.DeviceActionResults).HasJson();
        managed.Property(device => device.UsersLoggedOn).HasJson();
    }

    private static void MapMembers(ModelBuilder model)
    {
        model.Entity<Group>().WithoutAbsentColumns().HasMany(group => group.Members).WithMany().UsingEntity<GroupMember>(
            link => link.HasOne<DirectoryObject>().WithMany().HasForeignKey(member => member.MemberId),
            link => link.HasOne<Group>().WithMany().HasForeignKey(member => member.GroupId));

        var member = model.Entity<GroupMember>().Guids(member => member.GroupId, member => member.MemberId);
        member.ToView("graph_group_members");
        member.HasKey(row => new { row.GroupId, row.MemberId });

        model.Entity<MemberId>().Guids(row => row.Id).HasNoKey();
        model.HasDbFunction(typeof(GraphReadContext).GetMethod(nameof(GraphReadContext.TransitiveMembers))!)
            .HasName("graph_transitive_members");
        model.HasDbFunction(typeof(GraphReadContext).GetMethod(nameof(GraphReadContext.TransitiveGroups))!)
            .HasName("graph_transitive_groups");
    }
}
