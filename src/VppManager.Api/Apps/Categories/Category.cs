namespace VppManager.Api.Apps.Categories;

/// <summary>A category that the tenant made for itself. Those that every tenant has are in the view.</summary>
internal sealed class Category
{
    public Guid Id { get; init; }
    public required string DisplayName { get; set; }
    public DateTimeOffset ModifiedAt { get; set; }
}

/// <summary>What an administrator said of an app and a category. Where nobody said anything, the genre of the App Store decides.</summary>
internal sealed class CategoryOfApp
{
    public Guid AppId { get; init; }
    public Guid CategoryId { get; init; }
    public bool IsIn { get; set; }
}
