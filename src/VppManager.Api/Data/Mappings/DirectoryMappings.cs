using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using VppManager.Api.Directory;

namespace VppManager.Api.Data.Mappings;

internal sealed class UserMapping : IEntityTypeConfiguration<DirectoryUser>
{
    /// <summary>In any case, so it is written in SQL: EF Core has no word for an index on an expression.</summary>
    public const string OneUserPerName = "ux_users_user_principal_name";

    public void Configure(EntityTypeBuilder<DirectoryUser> builder)
    {
        builder.ToTable("users");
        builder.HasKey(TenantDbContext.TenantColumn, nameof(DirectoryUser.Id));
        builder.Property(user => user.UserType).HasDefaultValue(DirectoryUser.Member);
        builder.HasIndex([TenantDbContext.TenantColumn, nameof(DirectoryUser.UserPrincipalName)], "ix_users_user_principal_name_prefix").HasDatabaseName("ix_users_user_principal_name_prefix")
            .HasOperators("uuid_ops", "text_pattern_ops");
        builder.Property(user => user.Arrival).HasDefaultValueSql(Arrivals.Next);
    }
}

internal sealed class GroupMapping : IEntityTypeConfiguration<Group>
{
    public void Configure(EntityTypeBuilder<Group> builder)
    {
        builder.ToTable("groups");
        builder.HasKey(TenantDbContext.TenantColumn, nameof(Group.Id));
        builder.Property(group => group.GroupTypes).HasDefaultValueSql("'{}'");
        builder.Property(group => group.MailEnabled).HasDefaultValueSql("false").ValueGeneratedNever();
        builder.Property(group => group.SecurityEnabled).HasDefaultValueSql("true").ValueGeneratedNever();
        builder.HasIndex(TenantDbContext.TenantColumn, nameof(Group.DisplayName)).HasDatabaseName("ix_groups_display_name");
    }
}

internal sealed class GroupMemberMapping : IEntityTypeConfiguration<GroupMember>
{
    public void Configure(EntityTypeBuilder<GroupMember> builder)
    {
        builder.ToTable("group_members");
        builder.HasKey(TenantDbContext.TenantColumn, nameof(GroupMember.GroupId), nameof(GroupMember.MemberId));
        builder.Property(member => member.Joined).HasDefaultValueSql(Arrivals.Next);
        builder.HasIndex(TenantDbContext.TenantColumn, nameof(GroupMember.MemberId)).HasDatabaseName("ix_group_members_member");
        builder.HasIndex(TenantDbContext.TenantColumn, nameof(GroupMember.GroupId)).HasFilter("member_kind = 'group'").HasDatabaseName("ix_group_members_nested");
        builder.HasOne<Group>().WithMany().HasForeignKey(TenantDbContext.TenantColumn, nameof(GroupMember.GroupId)).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class DeviceMapping : IEntityTypeConfiguration<Device>
{
    public const string OneDevicePerSerialNumber = "ux_devices_serial_number";
    public const string OneDevicePerEnrollment = "ux_devices_enrollment_id";

    public void Configure(EntityTypeBuilder<Device> builder)
    {
        builder.ToTable("devices");
        builder.HasKey(TenantDbContext.TenantColumn, nameof(Device.Id));
        builder.Property(device => device.Arrival).HasDefaultValueSql(Arrivals.Next);
        builder.HasIndex(TenantDbContext.TenantColumn, nameof(Device.SerialNumber)).IsUnique().HasDatabaseName(OneDevicePerSerialNumber);
        builder.HasIndex(TenantDbContext.TenantColumn, nameof(Device.UserId)).HasDatabaseName("ix_devices_user");
        builder.HasIndex([TenantDbContext.TenantColumn, nameof(Device.SerialNumber)], "Unmanaged").HasFilter($"management_state <> '{DeviceWords.Managed}'")
            .HasDatabaseName("ix_devices_unmanaged");
        builder.HasIndex([TenantDbContext.TenantColumn, nameof(Device.UserId)], "UserEnrollment").HasFilter($"enrollment_type in ({EnrollmentTypes.UserEnrollment})")
            .HasDatabaseName("ix_devices_user_enrollment");
        builder.Property(device => device.IsKiosk).HasDefaultValue(false);
        builder.HasIndex([TenantDbContext.TenantColumn], "Kiosks").HasFilter("is_kiosk").HasDatabaseName("ix_devices_kiosks");
        builder.Property(device => device.IsAppStoreBlocked).HasDefaultValue(false);
        builder.HasIndex(TenantDbContext.TenantColumn, nameof(Device.EnrollmentId)).IsUnique().HasFilter("enrollment_id is not null").HasDatabaseName(OneDevicePerEnrollment);
        builder.HasIndex(TenantDbContext.TenantColumn, nameof(Device.AzureAdDeviceId)).HasDatabaseName("ix_devices_azure_ad_device_id");
        builder.HasIndex(TenantDbContext.TenantColumn, nameof(Device.DirectoryObjectId)).HasDatabaseName("ix_devices_directory_object_id");
    }
}
