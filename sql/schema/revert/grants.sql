-- Revert bantubuzz:grants from pg
begin;
revoke all on all tables in schema public from bantubuzz_worker, bantubuzz_reader;
revoke all on all sequences in schema public from bantubuzz_worker, bantubuzz_reader;
revoke all on all functions in schema public from bantubuzz_worker, bantubuzz_reader;
revoke select (id, user_type, is_verified, is_active, created_at) on users
  from bantubuzz_reader;
revoke usage on schema public from bantubuzz_worker, bantubuzz_reader;
grant execute on all functions in schema public to public;
commit;
