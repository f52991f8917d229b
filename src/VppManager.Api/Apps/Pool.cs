namespace VppManager.Api.Apps;

/// <summary>The licences of one asset of one location. Tokens of one location share it.</summary>
internal sealed class Pool
{
    public Guid Id { get; init; }
    public Guid LocationId { get; init; }
    public required string AdamId { get; init; }
    public required string PricingParam { get; init; }
    public required string ProductType { get; set; }

    /// <summary>How many seats Apple says the location owns.</summary>
    public int Total { get; set; }

    /// <summary>How many are assigning, held or releasing. Written by <c>Licenses/Seats.cs</c> alone.</summary>
    public int Taken { get; init; }

    /// <summary>How many holders ever came; the next one's place in the queue.</summary>
    public long Arrivals { get; init; }

    public int AppleAssigned { get; set; }
    public int AppleAvailable { get; set; }
    public int AppleRetired { get; set; }
    /// <summary>How many more Apple counted as assigned at the latest sync than are known here; below nothing: fewer (S6).</summary>
    public int AppleDifference { get; set; }

    public bool DeviceAssignable { get; set; }
    public bool Revocable { get; set; }
    public string[] Platforms { get; set; } = [];
}
