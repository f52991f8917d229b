using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace VppManager.Api.Graph.Views;

/// <summary>
/// An id is text in Graph and uuid in the database, so that its index is used. Text that is no uuid is the id of nothing.
/// </summary>
internal sealed class GuidText() : ValueConverter<string, Guid>(text => Parse(text), guid => guid.ToString())
{
    public static Guid Parse(string text) => Guid.TryParse(text, out var guid) ? guid : Guid.Empty;
}
