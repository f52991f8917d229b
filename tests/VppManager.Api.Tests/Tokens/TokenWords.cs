using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Tokens;

/// <summary>What tests of tokens say to the front door, and what it answers.</summary>
internal static class TokenWords
{
    public const string Tokens = "/beta/deviceAppManagement/vppTokens";

    public static Task<JsonNode> TokenAsync(this Organization organization, Guid token) => organization.GetAsync($"{Tokens}/{token}");

    public static async Task<string> StateAsync(this Organization organization, Guid token) => (await organization.TokenAsync(token))["state"]!.GetValue<string>();

    public static async Task<JsonNode> CreateAsync(this Organization organization, string? file, bool claim = false) =>
        await organization.PostAsync(Tokens, Body(file, claim: claim));

    public static async Task<(HttpStatusCode Status, string Text)> TryCreateAsync(this Organization organization, string? file, bool consent = true)
    {
        using var answer = await organization.Client.PostAsJsonAsync(Tokens, Body(file, consent), TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public static async Task<(HttpStatusCode Status, string Text)> TryPatchAsync(this Organization organization, Guid token, object change)
    {
        using var answer = await organization.Client.PatchAsJsonAsync($"{Tokens}/{token}", change, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public static Guid Id(this JsonNode token) => token["id"]!.GetValue<Guid>();

    public static string State(this JsonNode token) => token["state"]!.GetValue<string>();

    private static object Body(string? file, bool consent = true, bool claim = false) => new
    {
        displayName = "Token",
        token = file,
        dataSharingConsentGranted = consent,
        claimTokenManagementFromExternalMdm = claim,
    };
}
