-- The three roles, made by the superuser before the first migration.
-- Owner migrates; worker is what workers and jobs are; reader only reads.
do $$
begin
  if not exists (select from pg_roles where rolname = 'bantubuzz_owner') then
    create role bantubuzz_owner login;
  end if;
  if not exists (select from pg_roles where rolname = 'bantubuzz_worker') then
    create role bantubuzz_worker login;
  end if;
  if not exists (select from pg_roles where rolname = 'bantubuzz_reader') then
    create role bantubuzz_reader login;
  end if;
end
$$;

alter role bantubuzz_worker set timezone = 'UTC';
alter role bantubuzz_worker set plan_cache_mode = force_generic_plan;
-- Two letters swapped in a word of six leave about a quarter alike.
alter role bantubuzz_worker set pg_trgm.similarity_threshold = 0.2;
alter role bantubuzz_worker set statement_timeout = '5s';
alter role bantubuzz_worker set lock_timeout = '3s';
alter role bantubuzz_worker set idle_in_transaction_session_timeout = '30s';
alter role bantubuzz_reader set timezone = 'UTC';
alter role bantubuzz_reader set default_transaction_read_only = on;
alter role bantubuzz_reader set statement_timeout = '60s';
