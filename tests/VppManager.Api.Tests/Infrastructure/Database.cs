using Npgsql;

namespace VppManager.Api.Tests.Infrastructure;

/// <summary>Looks behind the front door, as the owner who sees every tenant.</summary>
internal static class Database
{
    public static async Task<T> ScalarAsync<T>(this ServiceFixture service, string sql, params object[] values)
    {
        await using var command = service.Owner.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        var found = await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        Assert.True(found is T, $"Expected a {typeof(T).Name} from: {sql}; got {found ?? "nothing"}");
        return (T)found!;
    }

    public static async Task<List<T>> ColumnAsync<T>(this ServiceFixture service, string sql, params object[] values)
    {
        await using var command = service.Owner.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) rows.Add(reader.GetFieldValue<T>(0));
        return rows;
    }

    public static async Task<int> ExecuteAsync(this ServiceFixture service, string sql, params object[] values)
    {
        await using var command = service.Owner.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
