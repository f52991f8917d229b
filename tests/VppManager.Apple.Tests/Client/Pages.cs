namespace VppManager.Apple.Tests.Client;

/// <summary>Bodies of pages, one row on each.</summary>
internal static class Pages
{
    public static string Assets(int index, int total, string version = "v1") =>
        Page($$"""[{"adamId":"{{1000 + index}}","totalCount":1}]""", "assets", index, total, version);

    public static string Assignments(int index, int total, string version = "v1") =>
        Page($$"""[{"adamId":"1","serialNumber":"SN-{{index}}"}]""", "assignments", index, total, version);

    private static string Page(string rows, string member, int index, int total, string version) =>
        $$"""{"{{member}}":{{rows}},"currentPageIndex":{{index}},"size":1,"totalPages":{{total}},"versionId":"{{version}}"{{Next(index, total)}}}""";

    private static string Next(int index, int total) => index + 1 < total ? $",\"nextPageIndex\":{index + 1}" : "";
}
