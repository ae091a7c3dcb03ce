-- One purchase, statement by statement as the application sends it; each client counts its own students.
\set n :n + 1
\set student :client_id * 100000 + :n + :first
begin;
select platform.act_as(platform.uuid_v7_of('2026-01-01Z', 'bench.' || :student), 'student'), set_config('statement_timeout', '15s', true);
select answer #>> '{body,id}' as order_id from sales.place_order('{wish}'::jsonb, 'bench-order-' || :student, sha256('{wish}'::bytea)) answer \gset
commit;
begin;
select platform.act_as(platform.uuid_v7_of('2026-01-01Z', 'bench.' || :student), 'student'), set_config('statement_timeout', '15s', true);
select sales.claim_request('bench-pay-' || :student, 'pay_order', sha256('pay'));
select begun ->> 'payment_id' as payment_id, begun ->> 'amount' as amount from sales.begin_payment(:order_id, 'demo', 'bench-pay-' || :student) begun \gset
commit;
begin;
select platform.act_as(null, 'visitor'), set_config('statement_timeout', '15s', true);
select sales.demo_ask(:payment_id, 'success', 'captured', null, :amount, 'EUR');
commit;
begin;
select platform.act_as(null, 'visitor'), set_config('statement_timeout', '15s', true);
select * from sales.demo_look(:payment_id);
commit;
begin;
select platform.act_as(platform.uuid_v7_of('2026-01-01Z', 'bench.' || :student), 'student'), set_config('statement_timeout', '15s', true);
select sales.capture_payment(platform.uuid_v7_of('2026-01-01Z', 'bench.' || :student), :payment_id, 'demo-' || :payment_id, :amount, 'EUR', 1.00, clock_timestamp());
select sales.keep_answer('bench-pay-' || :student, 201, '{"kept": true}');
commit;
