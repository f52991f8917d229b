-- No change of a licence escapes the count of its pool or the ledger (L23). Both triggers see whole statements, not rows.
create function licenses_inserted() returns trigger language plpgsql as $$
declare
    cause constant text := nullif(current_setting('app.cause', true), ''); -- the column says that there must be one
    actor constant text := nullif(current_setting('app.actor', true), '');
    event constant text := nullif(current_setting('app.event', true), '');
begin
    update pools p
    set taken = p.taken + d.seats, arrivals = greatest(p.arrivals, d.last_place)
    from (
        select tenant_id, pool_id, max(place) as last_place,
               (count(*) filter (where state in ('assigning', 'held', 'releasing')))::int as seats
        from new_rows group by tenant_id, pool_id) d
    where p.tenant_id = d.tenant_id and p.id = d.pool_id;

    insert into license_ledger (tenant_id, license_id, pool_id, at, from_state, to_state, cause, actor, reason, event_id)
    select r.tenant_id, r.id, r.pool_id, r.changed_at, null, r.state, cause, actor, r.reason, event from new_rows r;
    return null;
end $$;

create function licenses_updated() returns trigger language plpgsql as $$
declare
    cause constant text := nullif(current_setting('app.cause', true), ''); -- the column says that there must be one
    actor constant text := nullif(current_setting('app.actor', true), '');
    event constant text := nullif(current_setting('app.event', true), '');
begin
    update pools p
    set taken = p.taken + d.seats, arrivals = greatest(p.arrivals, d.last_place)
    from (
        select n.tenant_id, n.pool_id, max(n.place) as last_place,
               ((count(*) filter (where n.state in ('assigning', 'held', 'releasing')))
              - (count(*) filter (where o.state in ('assigning', 'held', 'releasing'))))::int as seats
        from new_rows n join old_rows o on o.tenant_id = n.tenant_id and o.id = n.id
        where n.state <> o.state group by n.tenant_id, n.pool_id) d
    where p.tenant_id = d.tenant_id and p.id = d.pool_id;

    insert into license_ledger (tenant_id, license_id, pool_id, at, from_state, to_state, cause, actor, reason, event_id)
    select n.tenant_id, n.id, n.pool_id, n.changed_at, o.state, n.state, cause, actor, n.reason, event
    from new_rows n join old_rows o on o.tenant_id = n.tenant_id and o.id = n.id
    where n.state <> o.state;
    return null;
end $$;

create trigger licenses_inserted after insert on licenses
    referencing new table as new_rows for each statement execute function licenses_inserted();
create trigger licenses_updated after update on licenses
    referencing old table as old_rows new table as new_rows for each statement execute function licenses_updated();
