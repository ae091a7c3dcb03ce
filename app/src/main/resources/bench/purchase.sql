-- One purchase, statement by statement as the application sends it: for each of its two requests whose session it is, then
-- the order; the payment begun, the bank asked, the payment settled. Each client counts its own students.
\set n :n + 1
\set student :client_id * 100000 + :n + :first
begin read only;
select platform.act_as(null, 'visitor'), set_config('statement_timeout', '15s', true);
select user_id as buyer, display_name, acting_role, roles from identity.session_of(sha256(('bench-session-' || lpad((:student)::text, 29, '0'))::bytea)) \gset
commit;
begin;
select platform.act_as(:buyer, 'student'), set_config('statement_timeout', '15s', true);
select answer #>> '{body,id}' as order_id from sales.place_order('{wish}'::jsonb, 'bench-order-' || :student, sha256('{wish}'::bytea)) answer \gset
commit;
begin read only;
select platform.act_as(null, 'visitor'), set_config('statement_timeout', '15s', true);
select user_id, display_name, acting_role, roles from identity.session_of(sha256(('bench-session-' || lpad((:student)::text, 29, '0'))::bytea));
commit;
begin;
select platform.act_as(:buyer, 'student'), set_config('statement_timeout', '15s', true);
select begun ->> 'payment_id' as payment_id, begun ->> 'amount' as amount
  from sales.begin_paying(:order_id, 'demo', 'bench-pay-' || :student, sha256('pay')) begun \gset
commit;
begin;
select platform.act_as(null, 'visitor'), set_config('statement_timeout', '15s', true);
select * from sales.demo_ask(:payment_id, 'success', 'captured', null, :amount, 'EUR');
commit;
begin;
select platform.act_as(:buyer, 'student'), set_config('statement_timeout', '15s', true);
select sales.capture_payment(:buyer, :payment_id, 'demo_' || :payment_id, :amount, 'EUR', 1.00, clock_timestamp());
select id, order_id, status, amount, currency, refunded_amount, gateway, failure_reason, created_at, captured_at
  from sales.payments where student_id = :buyer and id = :payment_id;
select sales.keep_answer('bench-pay-' || :student, 201, '{"status": "captured", "kept": "an answer of about the length that the application keeps of a payment, with its amounts and times"}');
commit;
