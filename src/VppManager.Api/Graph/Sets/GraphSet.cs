using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Graph.Errors;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Paths;
using VppManager.Api.Graph.Query;
using VppManager.Api.Graph.Reading;
using VppManager.Api.Graph.Relations;
using VppManager.Api.Graph.Views;
using VppManager.Api.Graph.Wire;
using VppManager.Api.Graph.Writing;

namespace VppManager.Api.Graph.Sets;

/// <summary>A collection of a version of Graph: its list, its $count and its members one by one.</summary>
internal sealed class GraphSet<TItem> where TItem : Entity
{
    private readonly GraphModel model;
    private readonly SetPath path;
    private readonly QueryTarget target;
    private readonly QueryPlan plain;
    private readonly PlanCache cache = new();
    private readonly Func<GraphReadContext, string?, IQueryable<TItem>> source;
    private readonly CompiledReads<TItem> compiled;

    /// <param name="model">The version.</param>
    /// <param name="path">Where it is, as the context has it; {parent} stands for the key of what it is in.</param>
    /// <param name="source">The rows, given the key of what they are in.</param>
    /// <param name="searched">The properties that $search looks into.</param>
    public GraphSet(
        GraphModel model, string path, Expression<Func<GraphReadContext, string?, IQueryable<TItem>>> source,
            params IReadOnlyList<string> searched)
    {
        this.model = model;
        this.path = new SetPath(path);
        this.source = source.Compile();
        target = new QueryTarget(model, typeof(TItem), searched);
        plain = QueryPlan.Plain(target);
        compiled = new CompiledReads<TItem>(source);
    }

    /// <summary>What the collection is in: when that is not there, neither is the collection.</summary>
    public Func<GraphReadContext, string, IQueryable<Entity>>? Parents { get; init; }

    /// <summary>Whether that is asked for even where the collection has something: when the address says of what type it is.</summary>
    public bool MustHaveParent { get; init; }

    /// <summary>The id of what the collection is in, when it is not named by its id.</summary>
    public Func<GraphReadContext, string, IQueryable<string>>? ParentNamed { get; init; }

    /// <summary>Another way to name a member than by its id.</summary>
    public Func<string, Expression<Func<TItem, bool>>>? Named { get; init; }

    /// <summary>What no view has and a single member shows nevertheless.</summary>
    public Func<GraphReadContext, TItem, CancellationToken, Task>? Completed { get; init; }

    /// <summary>What depends on the request, and so is in no view: put into each member before it is written.</summary>
    public Action<HttpContext, TItem>? Finished { get; init; }

    /// <summary>Most ids are uuid; a key that is none names nothing.</summary>
    public bool HasTextKeys { get; init; }

    public async Task ListAsync(HttpContext http, GraphReads reads)
    {
        var plan = QueryText.Read(http.Request.Query) is { } text ? QueryPlan.ForMany(target, text, cache) : plain;
        if (!plan.HasTop && Preferences.MaxPageSize(http) is { } size) plan = plan with { PageSize = size };
        await using var db = reads.For(http);
        var parent = await ParentAsync(http, db);
        var page = await ReadAsync(db, parent, plan, http.RequestAborted);

        if (page.Items.Count == 0) await RequireParentAsync(db, parent, http.RequestAborted);
        else if (plan.Expanded is { } expanded) await Expanding.FillAsync(db, model, page.Items, expanded, http.RequestAborted);

        if (Finished is not null) foreach (var item in page.Items) Finished(http, item);
        using var answer = JsonAnswer.Rent();
        page.Write(answer.Writer, path.Context(http, model), PagingLink.Of(http.Request, page.Next), plan);
        await answer.SendAsync(http.Response, StatusCodes.Status200OK, http.RequestAborted);
    }

    public async Task CountAsync(HttpContext http, GraphReads reads)
    {
        var ct = http.RequestAborted;
        var plan = QueryText.Read(http.Request.Query) is { } text ? QueryPlan.ForCount(target, text, cache) : plain;
        await using var db = reads.For(http);
        var parent = await ParentAsync(http, db);
        var count = plan.IsPlain
            ? await compiled.CountAsync(db, parent, ct)
            : await source(db, parent).Restricted(plan).LongCountAsync(ct);

        if (count == 0)
        {
            await RequireParentAsync(db, parent, ct);
        }

        http.Response.ContentType = "text/plain";
        await http.Response.WriteAsync(count.ToString(CultureInfo.InvariantCulture), ct);
    }

    public async Task OneAsync(HttpContext http, GraphReads reads, string key)
    {
        var plan = QueryText.Read(http.Request.Query) is { } text ? QueryPlan.ForOne(target, text, cache) : plain;
        await using var db = reads.For(http);
        var item = await FindAsync(db, await ParentAsync(http, db), key, plan, http.RequestAborted) ?? throw GraphFault.NotFound();
        await AnswerAsync(http, item, plan, StatusCodes.Status200OK);
    }

    /// <summary>The answer to a write: what is there now. A created member tells where it is.</summary>
    public async Task WrittenAsync(HttpContext http, GraphReads reads, string key, int status)
    {
        await using var db = reads.For(http);
        var item = await FindAsync(db, await ParentAsync(http, db), key, plain, http.RequestAborted) ?? throw GraphFault.NotFound();

        if (status == StatusCodes.Status201Created)
        {
            http.Response.Headers.Location = path.Address(http, model) + "/" + Uri.EscapeDataString(item.Id);
        }

        if (Preferences.WantsNoBody(http)) http.Response.StatusCode = StatusCodes.Status204NoContent;
        else await AnswerAsync(http, item, plain, status);
    }

    /// <summary>Refuses where a member, or what it is in, is not there.</summary>
    public async Task RequireAsync(HttpContext http, GraphReads reads, string what, string? key = null)
    {
        await using var db = reads.For(http);
        var parent = await ParentAsync(http, db);
        var isThere = key is null
            ? parent is null || Parents is null || await Parents(db, parent).AnyAsync(http.RequestAborted)
            : await ReadOneAsync(db, parent, key, plain, http.RequestAborted) is not null;
        if (!isThere) throw GraphFault.NotFound(what, key ?? parent!);
    }

    private async Task AnswerAsync(HttpContext http, TItem item, QueryPlan plan, int status)
    {
        Finished?.Invoke(http, item);
        var context = path.Context(http, model);
        using var answer = JsonAnswer.Rent();
        plan.View.Write(answer.Writer, item, context + plan.View.Cast(item) + plan.ContextSuffix + "/$entity", context);
        await answer.SendAsync(http.Response, status, http.RequestAborted);
    }

    private async Task<TItem?> FindAsync(GraphReadContext db, string? parent, string key, QueryPlan plan, CancellationToken ct)
    {
        var item = await ReadOneAsync(db, parent, key, plan, ct);
        if (item is not null && Completed is not null) await Completed(db, item, ct);
        if (item is not null && plan.Expanded is { } expanded) await Expanding.FillAsync(db, model, [item], expanded, ct);
        return item;
    }

    private Task<TItem?> ReadOneAsync(GraphReadContext db, string? parent, string key, QueryPlan plan, CancellationToken ct)
    {
        if (!HasTextKeys && !Guid.TryParse(key, out _))
        {
            return Named is null ? Task.FromResult<TItem?>(null) : source(db, parent).Where(Named(key)).One(plan).FirstOrDefaultAsync(ct);
        }

        return plan.IsPlain
            ? compiled.OneAsync(db, parent, key, ct)
            : source(db, parent).Where(item => item.Id == key).One(plan).FirstOrDefaultAsync(ct);
    }

    private async Task<Page<TItem>> ReadAsync(GraphReadContext db, string? parent, QueryPlan plan, CancellationToken ct)
    {
        if (plan.IsPlain)
        {
            return Page<TItem>.Of(await compiled.PageAsync(db, parent, plan.After?[0] as string, plan.PageSize + 1, ct), plan);
        }

        var rows = source(db, parent).Restricted(plan);
        var count = plan.Count ? await rows.LongCountAsync(ct) : (long?)null;
        return Page<TItem>.Of(plan.PageSize == 0 ? [] : await rows.Page(plan, plan.PageSize + 1).ToListAsync(ct), count, plan);
    }

    private async Task<string?> ParentAsync(HttpContext http, GraphReadContext db)
    {
        var parent = await NamedParentAsync(http, db);
        if (MustHaveParent) await RequireParentAsync(db, parent, http.RequestAborted);
        return parent;
    }

    private async Task<string?> NamedParentAsync(HttpContext http, GraphReadContext db)
    {
        var parent = SetPath.Parent(http);
        if (parent == PathForms.Me) return http.Caller().ObjectId.ToString();

        if (parent is null || Guid.TryParse(parent, out _))
        {
            return parent;
        }

        var id = ParentNamed is null ? null : await ParentNamed(db, parent).FirstOrDefaultAsync(http.RequestAborted);
        return id ?? throw GraphFault.NotFound();
    }

    private async Task RequireParentAsync(GraphReadContext db, string? parent, CancellationToken ct)
    {
        if (parent is not null && Parents is not null && !await Parents(db, parent).AnyAsync(ct))
        {
            throw GraphFault.NotFound();
        }
    }
}
