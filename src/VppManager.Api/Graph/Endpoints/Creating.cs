using VppManager.Api.Access;
using VppManager.Api.Graph.Sets;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Endpoints;

/// <summary>POST to a collection.</summary>
internal static class Creating
{
    /// <summary>Answers with what was made: now, or by an earlier attempt of the same request.</summary>
    /// <param name="repeats">What requests have made.</param>
    /// <param name="http">The request.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="reads">Where what was made is read.</param>
    /// <param name="set">The collection.</param>
    /// <param name="collection">What it is called among those in which things are made.</param>
    /// <param name="create">Makes it, and gives its key.</param>
    public static async Task CreatedAsync<TItem>(
        this Repeats repeats, HttpContext http, Caller caller, GraphReads reads, GraphSet<TItem> set, string collection, Func<Task<string>> create)
        where TItem : Entity
    {
        var key = await repeats.MadeAsync(http, caller, collection);

        if (key is null)
        {
            key = await create();
            await repeats.RememberAsync(http, caller, collection, key);
        }

        await set.WrittenAsync(http, reads, key, StatusCodes.Status201Created);
    }
}
