create unlogged table staged_users (
    run_id uuid not null,
    attempt int not null,
    client_user_id text not null,
    status text not null,
    id_hash text null
);
create index ix_staged_users_run on staged_users (run_id);

-- How far each list of a sync has been staged, written in one transaction with its rows: what a killed sync leaves behind can be continued.
create unlogged table staged_lists (
    run_id uuid not null,
    list text not null,
    attempt int not null,
    version_id text null,
    pages int not null,
    rows bigint not null,
    torn boolean not null,
    read_since timestamptz not null,
    constraint pk_staged_lists primary key (run_id, list)
);
