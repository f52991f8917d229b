namespace VppManager.Api.Graph.Wire;

/// <summary>A property that is filled in after the query, and the column that says whether it has to be.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NeedsAttribute(string column) : Attribute
{
    public string Column => column;
}
