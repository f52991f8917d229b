namespace VppManager.Api.Hosting;

/// <summary>What the server wrote last, for decisions and for messages.</summary>
internal static class PostgresLog
{
    private const int Tail = 6;
    private const long Longest = 10 * 1024 * 1024;

    private static readonly string[] Leaving = ["lock file \"", "pre-existing shared memory block"];

    /// <summary>An earlier server is still going down, or has been killed and its children have not all noticed yet.</summary>
    public static bool SaysPredecessorIsLeaving(PostgresFolder folder) =>
        Last(folder).Any(line => Leaving.Any(sign => line.Contains(sign, StringComparison.Ordinal)));

    public static StartRefusedException Refusal(string what, PostgresFolder folder) =>
        new($"{what}. The last lines of {folder.Log}:\n{string.Join('\n', Last(folder))}");

    public static void KeepShort(PostgresFolder folder)
    {
        if (new FileInfo(folder.Log) is { Exists: true, Length: > Longest }) File.Delete(folder.Log);
    }

    private static List<string> Last(PostgresFolder folder) => File.Exists(folder.Log) ? [.. File.ReadLines(folder.Log).TakeLast(Tail)] : [];
}
