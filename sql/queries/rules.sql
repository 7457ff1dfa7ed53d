-- rules: what the marketplace goes by, for everybody to know.

-- name: rule_list
-- args:
-- returns: fee_percent numeric, answer_hours numeric, payment_hours numeric,
--   review_hours numeric
-- reads
select round(setting('fee_bp') / 100.0, 2) as fee_percent,
       round(setting('request_s') / 3600.0, 2) as answer_hours,
       round(setting('payment_s') / 3600.0, 2) as payment_hours,
       round(setting('silence_s') / 3600.0, 2) as review_hours;
