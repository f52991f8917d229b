using Microsoft.EntityFrameworkCore;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Views;

internal static class TokenMapping
{
    public static void Map(ModelBuilder model) =>
        model.View<VppToken>("graph_vpp_tokens").Guids(token => token.Id).Property(token => token.TokenActionResults).HasJson();
}
