-- Statements that the database must refuse, each under the SQLSTATE and the name of the constraint that refuses it,
-- tried by the owner, or by the role that is named.

-- 23514 enrollments_end_has_a_reason_check
update learning.enrollments set ended_at = clock_timestamp();
-- 23514 enrollments_end_reason_check
update learning.enrollments set ended_at = clock_timestamp(), end_reason = 'bored';
-- 23514 enrollments_end_after_start_check
update learning.enrollments set ended_at = enrolled_at - interval '1 second', end_reason = 'withdrawn';
-- 23514 enrollments_complete_after_start_check
update learning.enrollments set completed_at = enrolled_at - interval '1 second';

-- 23505 attempt_slots_student_id_quiz_id_attempt_no_pkey
insert into learning.attempt_slots (student_id, quiz_id, attempt_no, course_id, quiz_version, attempt_limit, started_at, attempt_id)
select student_id, quiz_id, attempt_no, course_id, quiz_version, attempt_limit, now(), gen_random_uuid() from learning.attempt_slots;
-- 23514 attempts_submitted_after_start_check techcourse_loader
update learning.attempts set submitted_at = started_at - interval '1 second';
-- 23514 attempts_graded_has_a_score_check
update learning.attempts set score = null;

-- 23505 certificates_student_id_course_id_pkey
insert into learning.certificates select student_id, course_id, 'TC-0000-0000-0000', attempt_started_at, attempt_id, score from learning.certificates;
-- 23505 certificate_numbers_number_pkey
insert into learning.certificate_numbers select * from learning.certificate_numbers;
-- 23514 certificates_number_format_check
update learning.certificates set number = 'TC-0000-0000-000I';
-- 23514 certificate_numbers_number_format_check
update learning.certificate_numbers set number = '4711';
-- 23514 certificates_revoked_has_a_reason_check
update learning.certificates set revoked_at = now();
-- 23514 certificates_revoked_reason_length_check
update learning.certificates set revoked_at = now(), revoked_reason = '';
-- 23505 reviews_student_id_course_id_pkey
insert into learning.reviews select * from learning.reviews;
-- 23514 reviews_rating_from_1_to_5_check
update learning.reviews set rating = 6;
-- 23514 reviews_body_length_check
update learning.reviews set body = repeat('x', 4001);
-- 23514 reviews_reply_length_check
update learning.reviews set reply = ' ', replied_at = now();
-- 23514 reviews_reply_has_a_time_check
update learning.reviews set reply = 'Thank you.';
-- 23514 course_ratings_counts_not_negative_check
insert into learning.course_ratings (course_id, stars_1) select course_id, -1 from learning.reviews;
-- 23514 certificates_holder_name_length_check
update learning.certificates set holder_name = '';
-- 23514 certificates_revoked_by_somebody_once_revoked_check
update learning.certificates set revoked_by = student_id;

-- 23505 coupon_slots_coupon_id_slot_no_pkey
insert into sales.coupon_slots select coupon_id, slot_no, slot_limit, student_id, gen_random_uuid() from sales.coupon_slots;
-- 23505 coupon_slots_coupon_id_order_id_key
insert into sales.coupon_slots select coupon_id, slot_no + 1, slot_limit, student_id, order_id from sales.coupon_slots;
-- 23514 coupon_redemptions_use_no_within_limit_check
update sales.coupon_redemptions set use_no = 3;
-- 23503 coupon_redemptions_coupon_id_use_limit_fkey
update sales.coupon_redemptions set use_limit = 99;
-- 23505 coupon_redemptions_student_id_coupon_id_use_no_pkey
insert into sales.coupon_redemptions select student_id, coupon_id, use_no, use_limit, gen_random_uuid() from sales.coupon_redemptions;
-- 23505 coupon_redemptions_student_id_order_id_coupon_id_key
insert into sales.coupon_redemptions select student_id, coupon_id, 2, use_limit, order_id from sales.coupon_redemptions;
-- 23505 coupons_code_key
insert into sales.coupons (code, percent_off, scope, valid_until, max_redemptions, created_by)
select 'sample', 5, 'platform', valid_until, 1, created_by from sales.coupons;
-- 23514 coupons_code_format_check
update sales.coupons set code = 'ten percent';
-- 23514 coupons_percent_or_amount_check
update sales.coupons set amount_off = 5, currency = 'EUR';
-- 23514 coupons_percent_from_0_to_100_check
update sales.coupons set percent_off = 100.01;
-- 23514 coupons_amount_has_a_currency_check
update sales.coupons set amount_off = 5, percent_off = null;
-- 23514 coupons_scope_check
update sales.coupons set scope = 'course';
-- 23514 coupons_valid_until_after_from_check
update sales.coupons set valid_until = valid_from;
-- 23514 coupons_max_redemptions_check
insert into sales.coupons (code, percent_off, scope, valid_until, max_redemptions, created_by)
select 'another', 5, 'platform', valid_until, 0, created_by from sales.coupons;
-- 23514 coupons_max_per_student_check
insert into sales.coupons (code, percent_off, scope, valid_until, max_redemptions, max_per_student, created_by)
select 'another', 5, 'platform', valid_until, 1, 101, created_by from sales.coupons;
-- 23514 coupon_watermarks_not_negative_check
update sales.coupon_watermarks set dense_up_to = -1;

-- 23505 orders_student_id_idempotency_key_key
insert into sales.orders (student_id, currency, idempotency_key) select student_id, currency, idempotency_key from sales.orders;
-- 23514 orders_idempotency_key_length_check
update sales.orders set idempotency_key = 'short';
-- 23505 order_lines_student_id_order_id_course_id_pkey
insert into sales.order_lines (student_id, order_id, course_id, instructor_id, list_price, currency, instructor_share)
select student_id, order_id, course_id, instructor_id, 0, currency, 0 from sales.order_lines;
-- 23503 order_lines_order_currency_fkey
insert into sales.order_lines (student_id, order_id, course_id, instructor_id, list_price, currency, instructor_share)
select o.student_id, o.id, c.id, c.instructor_id, 0, 'USD', 0 from sales.orders o, catalog.courses c where c.price = 0;
-- 23514 order_lines_discount_has_a_coupon_check
update sales.order_lines set coupon_id = null, discount_amount = 1, amount = amount - 1;
-- 23514 order_lines_share_from_0_to_1_check
update sales.order_lines set instructor_share = 1.0001;
-- 23505 payment_references_gateway_reference_pkey
insert into sales.payment_references select gateway, reference, gen_random_uuid(), gen_random_uuid() from sales.payment_references;
-- 23514 payments_status_check
insert into sales.payments (student_id, order_id, amount, currency, status, gateway, reference) select student_id, order_id, amount, currency, 'lost', gateway, 'r' from sales.payments;
-- 23514 payments_captured_has_a_time_check
insert into sales.payments (student_id, order_id, amount, currency, status, gateway, reference) select student_id, order_id, amount, currency, 'captured', gateway, 'r' from sales.payments;
-- 23514 payments_captured_has_a_business_day_check
update sales.payments set business_day = current_date where status = 'pending';
-- 23514 payments_gateway_check
insert into sales.payments (student_id, order_id, amount, currency, status, gateway, reference) select student_id, order_id, amount, currency, 'failed', 'PayMe!', 'r' from sales.payments;
-- 23514 payments_reference_length_check
update sales.payments set reference = '';
-- 23514 payment_references_gateway_check
update sales.payment_references set gateway = 'PayMe!';
-- 23514 payment_references_reference_length_check
update sales.payment_references set reference = '';
-- 23503 refunds_payment_fkey
insert into sales.refunds (student_id, payment_id, order_id, course_id, amount, currency, kind)
select student_id, payment_id, order_id, course_id, 1, 'USD', kind from sales.refunds;
-- 23503 refunds_order_line_fkey
insert into sales.refunds (student_id, payment_id, order_id, course_id, amount, currency, kind)
select r.student_id, r.payment_id, r.order_id, c.id, 1, r.currency, r.kind from sales.refunds r, catalog.courses c where c.price = 0;
-- 23514 refunds_amount_positive_check
insert into sales.refunds (student_id, payment_id, order_id, course_id, amount, currency, kind)
select student_id, payment_id, order_id, course_id, 0, currency, kind from sales.refunds;
-- 23514 refunds_kind_check
insert into sales.refunds (student_id, payment_id, order_id, course_id, amount, currency, kind)
select student_id, payment_id, order_id, course_id, 1, currency, 'gift' from sales.refunds;
-- 23514 refunds_reason_length_check
insert into sales.refunds (student_id, payment_id, order_id, course_id, amount, currency, kind, reason)
select student_id, payment_id, order_id, course_id, 1, currency, kind, repeat('x', 501) from sales.refunds;
-- 23514 money_amount_not_negative_check
insert into sales.refunds (student_id, payment_id, order_id, course_id, amount, currency, kind)
select student_id, payment_id, order_id, course_id, -1, currency, kind from sales.refunds;
-- 23514 currency_code_iso_4217_check
insert into sales.orders (student_id, currency) select student_id, 'eur' from sales.orders;

-- 23514 answered_requests_answer_is_whole_check
update sales.answered_requests set status = null;
-- 23514 answered_requests_key_check
update sales.answered_requests set key = 'short';
-- 23514 answered_requests_operation_check
update sales.answered_requests set operation = 'Do It';
-- 23514 answered_requests_request_sha256_length_check
update sales.answered_requests set request_sha256 = 'abc';
-- 23514 answered_requests_status_check
update sales.answered_requests set status = 500;
-- 23505 answered_requests_student_id_key_pkey
insert into sales.answered_requests select * from sales.answered_requests;
-- 23514 orders_closed_or_paid_check
update sales.orders set closed_at = now(), close_reason = 'expired' where paid_at is not null;
-- 23514 orders_closed_has_a_reason_check
update sales.orders set closed_at = now() where paid_at is null;
-- 23514 orders_close_reason_check
update sales.orders set closed_at = now(), close_reason = 'lost' where paid_at is null;
-- 23514 orders_purpose_check
update sales.orders set purpose = 'fun';
-- 23514 orders_wish_details_check
update sales.orders set wish_details = '[]';
-- 23514 order_lines_quantity_check
update sales.order_lines set quantity = 0;
-- 23514 order_lines_amount_is_price_less_discount_and_tax_check
update sales.order_lines set amount = amount + 1;
-- 23514 order_lines_tax_is_the_rates_check
update sales.order_lines set tax_amount = tax_amount + 1;
-- 23514 order_lines_tax_rate_from_0_to_1_check
update sales.order_lines set tax_rate = 1, tax_amount = sales.tax_on(list_price - discount_amount, 1, true);
-- 23505 line_shares_line_instructor_id_pkey
insert into sales.line_shares select * from sales.line_shares;
-- 23514 line_shares_share_percent_check
update sales.line_shares set share_percent = 0;
-- 23505 tax_rates_country_valid_from_pkey
insert into sales.tax_rates select * from sales.tax_rates;
-- 23514 tax_rates_rate_from_0_to_1_check
update sales.tax_rates set rate = 1;
-- 23514 tax_rates_name_length_check
update sales.tax_rates set name = '';
-- 23505 payments_one_pending_per_order_key
insert into sales.payments (student_id, order_id, amount, currency, status, gateway, reference) select student_id, order_id, amount, currency, 'pending', gateway, 'r' from sales.payments where status = 'pending';
-- 23505 payments_student_id_idempotency_key_key
insert into sales.payments (student_id, order_id, amount, currency, status, gateway, reference, idempotency_key) select student_id, order_id, amount, currency, 'failed', gateway, 'r', idempotency_key from sales.payments where idempotency_key is not null;
-- 23514 payments_idempotency_key_check
update sales.payments set idempotency_key = 'short';
-- 23514 payments_failure_reason_check
update sales.payments set failure_reason = 'none';
-- 23505 gateway_refunds_student_id_id_pkey
insert into sales.gateway_refunds select * from sales.gateway_refunds;
-- 23514 gateway_refunds_amount_positive_check
update sales.gateway_refunds set amount = 0;
-- 23514 gateway_refunds_done_has_a_time_check
update sales.gateway_refunds set done_at = now();
-- 23514 gateway_refunds_status_check
update sales.gateway_refunds set status = 'lost';
-- 23514 gateway_refunds_last_error_length_check
update sales.gateway_refunds set last_error = repeat('x', 501);
-- 23514 gateway_refunds_reference_length_check
update sales.gateway_refunds set reference = '';
-- 23514 gateway_refunds_tries_not_negative_check
update sales.gateway_refunds set tries = -1;

-- 23514 ledger_entries_two_accounts_check
insert into sales.ledger_entries (transaction_id, business_day, kind, debit_account_id, credit_account_id, amount, currency)
select transaction_id, business_day, kind, debit_account_id, debit_account_id, amount, currency from sales.ledger_entries;
-- 23514 ledger_entries_amount_positive_check
insert into sales.ledger_entries (transaction_id, business_day, kind, debit_account_id, credit_account_id, amount, currency)
select transaction_id, business_day, kind, debit_account_id, credit_account_id, 0, currency from sales.ledger_entries;
-- 23514 ledger_entries_kind_check
insert into sales.ledger_entries (transaction_id, business_day, kind, debit_account_id, credit_account_id, amount, currency)
select transaction_id, business_day, 'gift', debit_account_id, credit_account_id, 1, currency from sales.ledger_entries;
-- 23505 ledger_accounts_kind_instructor_id_currency_key
insert into sales.ledger_accounts (kind, currency) select kind, currency from sales.ledger_accounts;
-- 23514 ledger_accounts_kind_check
insert into sales.ledger_accounts (kind, currency) values ('piggy_bank', 'EUR');
-- 23514 ledger_accounts_instructor_kinds_have_one_check
insert into sales.ledger_accounts (kind, currency) values ('instructor_payable', 'EUR');
-- 23505 payouts_instructor_id_period_start_currency_key
insert into sales.payouts (instructor_id, period_start, period_end, amount, currency)
select instructor_id, period_start, period_end, 1, currency from sales.payouts;
-- 23514 payouts_period_end_after_start_check
insert into sales.payouts (instructor_id, period_start, period_end, amount, currency) select instructor_id, '2026-09-01', '2026-09-01', 1, currency from sales.payouts;
-- 23514 payouts_amount_positive_check
insert into sales.payouts (instructor_id, period_start, period_end, amount, currency) select instructor_id, '2026-09-01', '2026-10-01', 0, currency from sales.payouts;
-- 23514 payouts_status_check
update sales.payouts set status = 'lost';
-- 23514 payouts_paid_has_a_time_check
update sales.payouts set paid_at = now();
-- 23514 payouts_paid_names_reference_and_payer_check
update sales.payouts set reference = 'a transfer';
-- 23514 payouts_bank_reference_check
insert into sales.payouts (instructor_id, period_start, period_end, amount, currency, reference) select instructor_id, '2026-09-01', '2026-10-01', 1, currency, ' ' from sales.payouts;
-- 23514 payouts_cancelled_has_a_time_check
update sales.payouts set cancelled_at = now();
-- 23514 payments_only_captured_is_released_check
update sales.payments set released_at = now() where status = 'pending';
-- 23514 settings_payout_minimum_amount_check
update platform.settings set value = '-1' where name = 'payout_minimum_amount';

-- 23514 courses_price_not_negative_check
update catalog.courses set price = -0.01;
-- 23505 courses_slug_key
update catalog.courses set slug = 'the-same';
-- 23514 quizzes_position_not_negative_check
update catalog.quizzes set position = -1;
-- 23514 quizzes_version_positive_check
update catalog.quizzes set version = 0;
-- 23514 quizzes_external_id_length_check
update catalog.quizzes set external_id = '';
-- 23505 quizzes_external_id_key
update catalog.quizzes set external_id = 'the-same';
-- 23514 settings_course_files_mebibytes_check techcourse_loader
update platform.settings set value = '0' where name = 'course_files_mebibytes';

-- 23505 demo_charges_payment_id_pkey
insert into sales.demo_charges select * from sales.demo_charges;
-- 23514 demo_charges_card_check
update sales.demo_charges set card = '4242 4242';
-- 23514 demo_charges_state_check
update sales.demo_charges set state = 'lost', settled_at = null, given_back_amount = 0;
-- 23514 demo_charges_declined_has_a_reason_check
update sales.demo_charges set reason = 'bored';
-- 23514 demo_charges_reason_length_check
update sales.demo_charges set state = 'declined', reason = '', given_back_amount = 0;
-- 23514 demo_charges_settled_has_a_time_check
update sales.demo_charges set settled_at = null;
-- 23514 demo_charges_given_back_at_most_taken_check
update sales.demo_charges set given_back_amount = amount + 1;
-- 23514 demo_charges_refusals_left_not_negative_check
update sales.demo_charges set refusals_left = -1;
-- 23505 demo_returns_request_id_pkey
insert into sales.demo_returns select * from sales.demo_returns;
-- 23514 demo_returns_amount_positive_check
update sales.demo_returns set amount = 0;
-- 23505 gateway_events_gateway_event_id_pkey
insert into sales.gateway_events select * from sales.gateway_events;
-- 23514 gateway_events_gateway_check
update sales.gateway_events set gateway = 'S';
-- 23514 gateway_events_event_id_length_check
update sales.gateway_events set event_id = '';
-- 23514 gateway_events_kind_length_check
update sales.gateway_events set kind = '';

-- 23505 invoices_id_pkey
insert into sales.invoices (id, seller, year, serial_no, kind, student_id, order_id, payment_id, source_id, corrects_id, happened_at, business_day, amount, currency, document)
select id, seller, year, serial_no + 1000, kind, student_id, order_id, payment_id, gen_random_uuid(), corrects_id, happened_at, business_day, amount, currency, document
  from sales.invoices where kind = 'invoice' limit 1;
-- 23514 invoices_seller_check
insert into sales.invoices (id, seller, year, serial_no, kind, student_id, order_id, payment_id, source_id, corrects_id, happened_at, business_day, amount, currency, document)
select gen_random_uuid(), 'tc', year, serial_no + 1000, kind, student_id, order_id, payment_id, gen_random_uuid(), corrects_id, happened_at, business_day, amount, currency, document
  from sales.invoices where kind = 'invoice' limit 1;
-- 23514 invoices_serial_no_from_1_check
insert into sales.invoices (id, seller, year, serial_no, kind, student_id, order_id, payment_id, source_id, corrects_id, happened_at, business_day, amount, currency, document)
select gen_random_uuid(), seller, year, 0, kind, student_id, order_id, payment_id, gen_random_uuid(), corrects_id, happened_at, business_day, amount, currency, document
  from sales.invoices where kind = 'invoice' limit 1;
-- 23514 invoices_year_of_the_day_check
insert into sales.invoices (id, seller, year, serial_no, kind, student_id, order_id, payment_id, source_id, corrects_id, happened_at, business_day, amount, currency, document)
select gen_random_uuid(), seller, year + 1, serial_no + 1000, kind, student_id, order_id, payment_id, gen_random_uuid(), corrects_id, happened_at, business_day, amount, currency, document
  from sales.invoices where kind = 'invoice' limit 1;
-- 23514 invoices_kind_check
insert into sales.invoices (id, seller, year, serial_no, kind, student_id, order_id, payment_id, source_id, corrects_id, happened_at, business_day, amount, currency, document)
select gen_random_uuid(), seller, year, serial_no + 1000, 'bill', student_id, order_id, payment_id, gen_random_uuid(), corrects_id, happened_at, business_day, amount, currency, document
  from sales.invoices where kind = 'invoice' limit 1;
-- 23514 invoices_amount_positive_check
insert into sales.invoices (id, seller, year, serial_no, kind, student_id, order_id, payment_id, source_id, corrects_id, happened_at, business_day, amount, currency, document)
select gen_random_uuid(), seller, year, serial_no + 1000, kind, student_id, order_id, payment_id, gen_random_uuid(), corrects_id, happened_at, business_day, 0, currency, document
  from sales.invoices where kind = 'invoice' limit 1;
-- 23514 invoices_document_check
insert into sales.invoices (id, seller, year, serial_no, kind, student_id, order_id, payment_id, source_id, corrects_id, happened_at, business_day, amount, currency, document)
select gen_random_uuid(), seller, year, serial_no + 1000, kind, student_id, order_id, payment_id, gen_random_uuid(), corrects_id, happened_at, business_day, amount, currency, '{}'
  from sales.invoices where kind = 'invoice' limit 1;
-- 23503 invoices_corrects_id_fkey
insert into sales.invoices (id, seller, year, serial_no, kind, student_id, order_id, payment_id, source_id, corrects_id, happened_at, business_day, amount, currency, document)
select gen_random_uuid(), seller, year, serial_no + 1, kind, student_id, order_id, payment_id, gen_random_uuid(), gen_random_uuid(), happened_at, business_day, amount, currency, document
  from sales.invoices where kind = 'credit_note' limit 1;
-- 23505 invoice_buyers_invoice_id_pkey
insert into sales.invoice_buyers select * from sales.invoice_buyers;
-- 23514 invoice_buyers_lengths_check
insert into sales.invoice_buyers (invoice_id, student_id, tax_number) select invoice_id, student_id, repeat('x', 41) from sales.invoice_buyers;
-- 23514 settings_seller_check
update platform.settings set value = '0' where name = 'seller_tax_number';
-- 23514 settings_invoice_prefix_check
update platform.settings set value = '"tc-"' where name = 'invoice_prefix';

-- 23514 settings_seat_moves_check
update platform.settings set value = '101' where name = 'seat_moves';
-- 23514 orders_team_has_an_organisation_check
update sales.orders set organisation_id = null where purpose = 'team';
-- 23514 seats_team_has_an_organisation_check
update sales.seats set kind = 'gift';
-- 23505 seats_line_seat_no_key
update sales.seats set seat_no = 1;
-- 23505 seats_one_for_a_holder_key
update sales.seats s set holder_id = k.holder_id, held_at = k.held_at from sales.seats k where s.holder_id is null and k.holder_id is not null;
-- 23514 seats_revoked_is_nobodys_check
update sales.seats set revoked_at = now() where holder_id is not null;
-- 23514 seats_at_most_20_letters_check
update sales.seats set letters = 21;
-- 23514 seats_kind_check
update sales.seats set kind = 'loan', organisation_id = null;
-- 23514 seats_seat_no_check
update sales.seats set seat_no = seat_no + 1000;
-- 23514 seats_held_since_a_time_check
update sales.seats set held_at = null where holder_id is not null;
-- 23514 seats_moves_not_negative_check
update sales.seats set moves = -1;
-- 23514 seats_recipient_looks_like_an_address_check
update sales.seats set recipient_email = 'somebody';
-- 23514 seats_code_hash_length_check
update sales.seats set code_hash = 'code';
-- 23503 seats_organisation_id_manager_ids_fkey
update sales.seats set manager_ids = '{}';
-- 23514 organisations_has_1_to_50_managers_check
update sales.organisations set manager_ids = '{}';
-- 23514 organisations_name_length_check
update sales.organisations set name = ' ';
-- 23514 organisations_name_holds_no_link_check
update sales.organisations set name = 'Win at https://example.org';
-- 23514 organisations_version_positive_check
update sales.organisations set version = 0;
-- 23514 organisations_at_most_20_of_a_creator_check
update sales.organisations set creator_no = 21;
-- 23505 organisations_creator_id_creator_no_key
insert into sales.organisations (name, creator_id, creator_no, manager_ids) select name, creator_id, creator_no, manager_ids from sales.organisations;
-- 23514 organisations_at_most_200_letters_check
update sales.organisations set letters = 201;
-- 23505 organisation_managers_organisation_id_user_id_key
insert into sales.organisation_managers (organisation_id, user_id, joined_at) select organisation_id, user_id, joined_at from sales.organisation_managers where user_id is not null;
-- 23505 organisation_managers_organisation_id_email_key
insert into sales.organisation_managers (organisation_id, email) select organisation_id, email from sales.organisation_managers where email is not null;
-- 23514 organisation_managers_joined_or_invited_check
update sales.organisation_managers set joined_at = null where user_id is not null;
-- 23514 organisation_managers_email_looks_like_an_address_check
update sales.organisation_managers set email = 'somebody';
-- 23514 organisation_managers_code_hash_length_check
update sales.organisation_managers set code_hash = 'code' where user_id is null;
