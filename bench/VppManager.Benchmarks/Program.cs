using VppManager.Benchmarks;

return args switch
{
    ["seats", .. var rest] => await SeatsBenchmark.RunAsync(Arguments.Read(rest), Console.Out, CancellationToken.None),
    ["sync", .. var rest] => await SyncBenchmark.RunAsync(Arguments.Read(rest), Console.Out, CancellationToken.None),
    ["requests"] => await RequestsBenchmark.RunAsync(Console.Out, CancellationToken.None),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        usage: VppManager.Benchmarks seats [--sizes 1000,10000,100000,1000000] [--runs 5]
               VppManager.Benchmarks sync [--sizes 1000,10000,100000,1000000] [--runs 5]
               VppManager.Benchmarks requests
        """);
    return 2;
}
