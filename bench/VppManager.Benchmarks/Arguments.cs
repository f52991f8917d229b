using System.Globalization;

namespace VppManager.Benchmarks;

/// <summary>How large and how often.</summary>
internal sealed record Arguments(int[] Sizes, int Runs)
{
    public static Arguments Read(string[] args)
    {
        var read = new Arguments([1_000, 10_000, 100_000, 1_000_000], 5);
        for (var n = 0; n + 1 < args.Length; n += 2)
            read = args[n] switch
            {
                "--sizes" => read with { Sizes = [.. args[n + 1].Split(',').Select(size => int.Parse(size, CultureInfo.InvariantCulture))] },
                "--runs" => read with { Runs = int.Parse(args[n + 1], CultureInfo.InvariantCulture) },
                _ => throw new ArgumentException($"'{args[n]}' is not known."),
            };
        return read;
    }
}
