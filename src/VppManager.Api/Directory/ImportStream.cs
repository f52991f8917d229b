using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using VppManager.Core;

namespace VppManager.Api.Directory;

/// <summary>Reads the body of an import row by row; only the row at hand is in memory.</summary>
internal sealed class ImportStream(Stream body)
{
    private const int BufferBytes = 64 * 1024;
    private const int LongestRow = 256 * 1024;

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private readonly List<IImportRow> rows = [];
    private JsonReaderState state;
    private string? section;
    private int number;

    public async IAsyncEnumerable<IImportRow> RowsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var pipe = PipeReader.Create(body, new StreamPipeReaderOptions(bufferSize: BufferBytes, leaveOpen: true));
        ReadResult read;
        do
        {
            read = await pipe.ReadAsync(ct);
            rows.Clear();
            var next = Parse(read.Buffer, read.IsCompleted);
            if (rows.Count == 0 && read.Buffer.Slice(next).Length > LongestRow) rows.Add(Unreadable("", "it is too long."));
            pipe.AdvanceTo(next, read.Buffer.End);

            foreach (var row in rows) yield return row;
        }
        while (!read.IsCompleted && rows is not [.., ImportUnreadable]);

        await pipe.CompleteAsync();
    }

    private SequencePosition Parse(ReadOnlySequence<byte> buffer, bool isLast)
    {
        var reader = new Utf8JsonReader(buffer, isLast, state);
        try
        {
            while (TryStep(ref reader))
            {
            }
        }
        catch (JsonException wrong)
        {
            rows.Add(Unreadable(wrong.Path?.TrimStart('$') ?? "", "it is not valid JSON, not known, or not of the right type."));
        }
        catch (InvalidOperationException)
        {
            // The reader's word for a name that is no text: broken UTF-8, half of a surrogate pair.
            rows.Add(Unreadable("", "it is not valid text."));
        }

        state = reader.CurrentState;
        return reader.Position;
    }

    /// <summary>Takes one step, or none when what the step needs has not come in whole.</summary>
    private bool TryStep(ref Utf8JsonReader reader)
    {
        var ahead = reader;
        if (!ahead.Read()) return false;

        var taken = (ahead.CurrentDepth, ahead.TokenType) switch
        {
            (0, JsonTokenType.StartObject or JsonTokenType.EndObject) => true,
            (1, JsonTokenType.PropertyName) => TryOpen(ref ahead),
            (1, JsonTokenType.EndArray) => Close(),
            (2, _) => TryRow(ref ahead),
            _ => throw new JsonException(),
        };
        if (taken) reader = ahead;
        return taken;
    }

    private bool TryOpen(ref Utf8JsonReader ahead)
    {
        var name = ahead.GetString()!;
        if (!ahead.Read()) return false;

        switch (name, ahead.TokenType)
        {
            case ("mode", JsonTokenType.String):
                rows.Add(new ImportMode(ahead.GetString()));
                return true;
            case ("users" or "devices" or "groups" or "memberships", JsonTokenType.StartArray):
                (section, number) = (name, 0);
                return true;
            default:
                throw new JsonException(null, name, null, null);
        }
    }

    private bool Close()
    {
        section = null;
        return true;
    }

    private bool TryRow(ref Utf8JsonReader ahead)
    {
        var whole = ahead;
        if (!whole.TrySkip()) return false;

        IImportRow? row = section switch
        {
            "users" => JsonSerializer.Deserialize<ImportUser>(ref ahead, Format),
            "devices" => JsonSerializer.Deserialize<ImportDevice>(ref ahead, Format),
            "groups" => JsonSerializer.Deserialize<ImportGroup>(ref ahead, Format),
            _ => JsonSerializer.Deserialize<ImportMembership>(ref ahead, Format),
        };
        rows.Add(row ?? throw new JsonException());
        number++;
        return true;
    }

    private ImportUnreadable Unreadable(string path, string message) =>
        new(VppError.InvalidValue(section is not null ? $"{section}[{number}]{path}" : path.Length > 0 ? path : "body", message));
}
