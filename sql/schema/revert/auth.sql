-- Revert bantubuzz:auth from pg
begin;
drop trigger users_closed on users;
drop function end_sessions_of_closed();
drop function session_refresh(uuid, uuid, uuid);
drop function session_end(uuid, text);
drop function session_open(bigint, uuid, uuid, boolean, text, text, text, text);
drop function login_start(text, text);
drop function verify_code(text, text, text, bigint);
drop function resend_code(text, text, text, text, bigint);
drop function mail_code(text, registrations, text, text, text);
drop function register(text, text, text, text, text, text, text, text);
drop function mail_asked(text, text, email_address, bigint, text, jsonb, timestamptz);
drop function register_start(text);
commit;
