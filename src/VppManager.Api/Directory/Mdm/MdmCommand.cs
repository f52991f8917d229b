namespace VppManager.Api.Directory.Mdm;

/// <summary>Where a command to a device is on its way through NanoMDM.</summary>
internal enum MdmCommandState
{
    /// <summary>Written down, not yet with NanoMDM.</summary>
    Waiting,

    /// <summary>With NanoMDM; the device has not answered.</summary>
    Sent,
    Done,
    Failed,
}

internal enum MdmCommandKind
{
    InstalledApps,
    Install,
    Update,
    Remove,
    Invite,
}

/// <summary>A command to a device, through NanoMDM. Its id is Apple's <c>CommandUUID</c>.</summary>
internal sealed class MdmCommand
{
    public Guid Id { get; init; }
    public Guid DeviceId { get; init; }
    public Guid? AppId { get; init; }

    /// <summary>The action of a check-in that it carries out; null for a question.</summary>
    public Guid? ActionId { get; init; }

    public MdmCommandKind Kind { get; init; }
    public MdmCommandState State { get; init; }

    /// <summary>The property list, encrypted: whoever reads the address of an invitation can accept it.</summary>
    public required string ProtectedBody { get; init; }

    /// <summary>In the order in which the device is to be told.</summary>
    public long Seq { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
}
