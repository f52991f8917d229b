using System.Security.Claims;
using VppManager.Api.Access;

namespace VppManager.Api.Tests.Access;

public sealed class CallerTests
{
    private static readonly string Tenant = Guid.CreateVersion7().ToString();
    private static readonly string Object = Guid.CreateVersion7().ToString();

    [Fact]
    public void From_UsersToken_CountsItsScopesAlone()
    {
        var caller = Caller.From(User(("tid", Tenant), ("oid", Object), ("scp", "A B"), ("roles", "C"), ("upn", "ada@example.com")))!;

        Assert.False(caller.IsApplication);
        Assert.Equal(["A", "B"], caller.Permissions.Order());
        Assert.Equal("ada@example.com", caller.UserPrincipalName);
    }

    [Fact]
    public void From_ApplicationsToken_CountsItsRoles()
    {
        var caller = Caller.From(User(("tid", Tenant), ("oid", Object), ("roles", "C"), ("roles", "D"), ("azp", "client")))!;

        Assert.True(caller.IsApplication);
        Assert.Equal(["C", "D"], caller.Permissions.Order());
        Assert.Equal("client", caller.ApplicationId);
    }

    [Theory]
    [InlineData("not-a-guid", "11111111-1111-1111-1111-111111111111")]
    [InlineData("00000000-0000-0000-0000-000000000000", "11111111-1111-1111-1111-111111111111")]
    [InlineData("11111111-1111-1111-1111-111111111111", "")]
    public void From_TenantOrObjectMissing_IsNobody(string tenant, string id) =>
        Assert.Null(Caller.From(User(("tid", tenant), ("oid", id), ("scp", "A"))));

    private static ClaimsPrincipal User(params (string Type, string Value)[] claims) =>
        new(new ClaimsIdentity(claims.Select(c => new Claim(c.Type, c.Value)), "test"));
}
