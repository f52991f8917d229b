using System.Text.Json;
using VppManager.Api.Graph.Query;
using VppManager.Api.Graph.Wire;
using VppManager.Api.Graph.Writing;

namespace VppManager.Api.Graph.Sets;

/// <summary>A page of a list, and where the next one begins.</summary>
internal sealed record Page<TItem>(IReadOnlyList<TItem> Items, string? Next, long? Count) where TItem : Entity
{
    /// <summary>Of one row more than fits, in the order of ids.</summary>
    public static Page<TItem> Of(List<TItem> rows, QueryPlan plan)
    {
        var items = rows.Count > plan.PageSize ? rows[..plan.PageSize] : rows;
        return new Page<TItem>(items, rows.Count > items.Count && items.Count > 0 ? SkipToken.Write([items[^1].Id]) : null, Count: null);
    }

    /// <summary>Of one row more than fits, with the keys of the order.</summary>
    public static Page<TItem> Of(List<Paged<TItem>> rows, long? count, QueryPlan plan)
    {
        var items = rows.Count > plan.PageSize ? rows[..plan.PageSize] : rows;
        return new Page<TItem>(
            [.. items.Select(row => row.Item)], rows.Count > items.Count && items.Count > 0 ? SkipToken.Write(plan.Page!.KeysOf(items[^1]))
                : null, count);
    }

    public void Write(Utf8JsonWriter writer, string context, string? nextLink, QueryPlan plan)
    {
        writer.WriteStartObject();
        writer.WriteString(JsonAnswer.Context, context + plan.ContextSuffix);

        if (Count is { } count)
        {
            writer.WriteNumber(JsonAnswer.Count, count);
        }

        if (nextLink is not null)
        {
            writer.WriteString(JsonAnswer.NextLink, nextLink);
        }

        writer.WritePropertyName(JsonAnswer.Value);
        plan.View.WriteAll(writer, Items, context);
        writer.WriteEndObject();
    }
}
