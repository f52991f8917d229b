using System.Text.Json.Serialization;

namespace VppManager.Apple;

/// <summary>
/// What every authenticated answer of Apple carries besides its own members. Compare <see cref="MdmInfo"/> with your own on
/// <em>every</em> answer: Apple stops nobody, so this is the only sign that another product has taken the location over.
/// See <see href="https://developer.apple.com/documentation/devicemanagement/getting-started-with-the-management-api"/>.
/// </summary>
public abstract record AppleAnswer
{
    /// <summary>The location's id, the only stable key of a location; its name is not unique.</summary>
    public string? UId { get; init; }

    /// <summary>When the content token ends; Apple may leave it out while more than 15 days remain.</summary>
    public DateTimeOffset? TokenExpirationDate { get; init; }

    /// <summary>Who manages the location; absent until somebody has claimed it.</summary>
    public Tokens.MdmInfo? MdmInfo { get; init; }

    /// <summary>When the request was sent whose answer this is: what Apple was told since is not in it. Not on the wire.</summary>
    [JsonIgnore]
    public DateTimeOffset AskedAt { get; internal set; }
}

/// <summary>
/// One page of a paged answer. See <see href="https://developer.apple.com/documentation/devicemanagement/using-paginated-endpoints"/>.
/// </summary>
public abstract record AnswerPage : AppleAnswer
{
    /// <summary>This page's index, counted from 0.</summary>
    public int CurrentPageIndex { get; init; }

    /// <summary>The next page's index; absent on the last page.</summary>
    public int? NextPageIndex { get; init; }

    /// <summary>How many rows this page has. The service chooses the size.</summary>
    public int Size { get; init; }

    /// <summary>How many pages there are now; may change from one page to the next.</summary>
    public int TotalPages { get; init; }

    /// <summary>The state of the whole set. It moves on every write, also between two pages of one traversal.</summary>
    public string? VersionId { get; init; }
}
