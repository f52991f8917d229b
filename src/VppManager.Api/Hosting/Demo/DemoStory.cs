using System.Diagnostics;
using System.Globalization;

namespace VppManager.Api.Hosting.Demo;

/// <summary>Tells a person what the demo does: numbered steps, what was asked, what came out.</summary>
internal sealed class DemoStory(TextWriter output)
{
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private int steps;

    public void Step(string title) => output.WriteLine($"\n{++steps}. {title}");

    public void Asked(string request) => output.WriteLine($"     > {request}");

    public void Came(string result) => output.WriteLine($"     {result}");

    /// <exception cref="DemoFailedException">It does not hold.</exception>
    public void Check(bool holds, string fact)
    {
        if (!holds) throw new DemoFailedException($"Step {steps} did not come out. This should hold, and does not: {fact}");

        output.WriteLine($"     [ok] {fact}");
    }

    public void Summary(IEnumerable<string> lines)
    {
        output.WriteLine($"\nIn short ({watch.Elapsed.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture)} s):");
        foreach (var line in lines) output.WriteLine($"  - {line}");
    }
}
