-- Where a person's rows are: the one list behind the export and the erasure. A test compares it with the catalog: every
-- column that points at a person is in it, and every column marked "Personal data." is cleared or its row removed.
-- drop first: a list may lose a column of its own, which create or replace refuses
drop view if exists identity.personal_tables;
create view identity.personal_tables with (security_invoker = true) as
select relation, person_column, keeper, file, explanation, clearing
  from (values
  -- identity
  ('identity.users', 'id', 'reader', 'account', 'Your account: address, name, language, country, when it was made.', ''),
  ('identity.user_roles', 'user_id', 'reader', 'roles', 'What you may act as, since when.', ''),
  ('identity.user_roles', 'granted_by', 'reader', null, 'Rows of others whose role you granted.', ''),
  ('identity.instructor_profiles', 'user_id', 'reader', 'instructor-profile', 'What every visitor may read of you as an instructor.',
    $$display_name = 'Erased user'; bio = ''$$),
  ('identity.role_requests', 'user_id', 'reader', 'role-requests', 'Your requests to become an instructor, and what was answered.',
    $$motivation = 'erased'; reason = case when reason is not null then 'erased' end$$),
  ('identity.role_requests', 'decided_by', 'reader', null, 'Requests of others that you decided.', ''),
  ('identity.credentials', 'user_id', 'gatekeeper', 'password', 'When you last changed your password; the password itself is kept by nobody.', ''),
  ('identity.second_factors', 'user_id', 'gatekeeper', 'second-factors', 'Your second factors, without their secrets.', ''),
  ('identity.recovery_codes', 'user_id', 'gatekeeper', 'recovery-codes', 'When recovery codes were used, without the codes.', ''),
  ('identity.external_identities', 'user_id', 'gatekeeper', 'external-identities', 'Accounts elsewhere by which you sign in.', ''),
  ('identity.sessions', 'user_id', 'gatekeeper', 'sessions', 'Browsers in which you are signed in.', ''),
  ('identity.api_tokens', 'user_id', 'gatekeeper', 'api-tokens', 'Your tokens for programs, without their secrets.', ''),
  ('identity.one_time_tokens', 'user_id', 'gatekeeper', 'mailed-links', 'Links that were mailed to you, without their secrets.', ''),
  ('identity.provider_sign_ins', 'user_id', 'gatekeeper', 'provider-sign-ins', 'Sign-ins by accounts elsewhere that wait for a code or for your confirmation.', ''),
  ('identity.mails', 'user_id', 'gatekeeper', 'letters', 'Letters to you, without what they said once they are sent.', ''),
  -- catalog: what was written for courses belongs to the courses, which stay for those who bought them
  ('catalog.courses', 'instructor_id', 'reader', 'courses', 'Courses that you lead.', ''),
  ('catalog.course_instructors', 'instructor_id', 'reader', 'shared-courses', 'Courses in which you have a share.', ''),
  ('catalog.sections', 'instructor_id', 'reader', 'course-sections', 'Sections of the courses that you lead.', ''),
  ('catalog.lessons', 'instructor_id', 'reader', 'course-lessons', 'Lessons of the courses that you lead.', ''),
  ('catalog.lesson_contents', 'instructor_id', 'reader', 'course-lesson-contents', 'What the lessons of your courses say.', ''),
  ('catalog.quizzes', 'instructor_id', 'reader', 'course-quizzes', 'Quizzes of the courses that you lead.', ''),
  ('catalog.attachments', 'instructor_id', 'reader', 'course-attachments', 'Files attached to lessons of your courses; the files are downloaded there.', ''),
  ('catalog.lesson_drafts', 'author_id', 'reader', 'lesson-drafts', 'What you wrote and have not saved into a lesson yet.',
    $$markdown = null; video_url = null$$),
  ('catalog.bank_questions', 'instructor_id', 'reader', 'question-bank', 'Questions of your question bank.', ''),
  -- learning: what was reached stays, what was said goes
  ('learning.enrollments', 'student_id', 'reader', 'enrolments', 'Courses that you took or take.', ''),
  ('learning.enrollments', 'instructor_id', 'reader', null, 'Rows of your students.', ''),
  ('learning.lesson_progress', 'student_id', 'reader', 'lesson-progress', 'How far you came in each lesson.', ''),
  ('learning.attempt_slots', 'student_id', 'reader', 'attempt-slots', 'Attempts that you have used of those a quiz allows.', ''),
  ('learning.attempts', 'student_id', 'reader', 'attempts', 'Your attempts at quizzes: answers, points, scores.', $$answers = '{}'$$),
  ('learning.attempts', 'instructor_id', 'reader', null, 'Attempts of your students.', ''),
  ('learning.manual_grades', 'student_id', 'reader', 'manual-grades', 'What graders wrote to your essays.', $$comment = ''$$),
  ('learning.manual_grades', 'graded_by', 'reader', null, 'Essays of others that you graded.', ''),
  ('learning.grading_claims', 'student_id', 'reader', null, 'Who reads an essay of yours at the moment.', ''),
  ('learning.grading_claims', 'claimed_by', 'reader', null, 'Essays of others that you read at the moment.', ''),
  ('learning.attempt_regrades', 'student_id', 'reader', 'regrades', 'How corrections of keys changed your results.', ''),
  ('learning.regrades', 'requested_by', 'reader', null, 'Corrections of keys that you asked for; they belong to the quiz, with their reasons.', ''),
  ('learning.certificates', 'student_id', 'reader', 'certificates', 'Your certificates.',
    $$revoked_reason = case when revoked_reason is not null then 'erased' end; holder_name = null$$),
  ('learning.certificates', 'revoked_by', 'reader', null, 'Certificates of others that you revoked.', ''),
  ('learning.certificate_numbers', 'student_id', 'reader', null, 'The same numbers as in your certificates.', ''),
  ('learning.reviews', 'student_id', 'reader', 'reviews', 'Your reviews of courses.', $$body = ''; reply = null; replied_at = null$$),
  ('learning.rating_changes', 'student_id', 'reader', null, 'Stars on their way into a course''s sum; the same as in your reviews.', ''),
  ('learning.activity_days', 'student_id', 'reader', 'activity-days', 'Days on which you learned.', ''),
  ('learning.events', 'student_id', 'reader', 'learning-events', 'What you viewed, answered and completed.', $$payload = '{}'$$),
  -- sales: the books stay, with amounts and ids
  ('sales.orders', 'student_id', 'reader', 'orders', 'What you ordered.', 'country = null; idempotency_key = null; wish_details = null'),
  ('sales.order_lines', 'student_id', 'reader', 'order-lines', 'The courses of your orders, with prices.', ''),
  ('sales.order_lines', 'instructor_id', 'reader', null, 'Sales of your courses: the buyers'' rows; your part of them is in the payouts.', ''),
  ('sales.line_shares', 'student_id', 'reader', null, 'How the instructors of your courses share.', ''),
  ('sales.line_shares', 'instructor_id', 'reader', null, 'Sales of courses in which you have a share: the buyers'' rows.', ''),
  ('sales.course_holds', 'student_id', 'reader', null, 'The same courses as in your orders.', ''),
  ('sales.answered_requests', 'student_id', 'reader', null, 'What you were answered in the last two days, so that nothing is done twice.',
    $$body = case when body is not null then '{}'::jsonb end$$),
  ('sales.coupon_redemptions', 'student_id', 'reader', 'coupon-redemptions', 'Coupons that you used.', ''),
  ('sales.coupon_slots', 'student_id', 'reader', null, 'The same uses of coupons, counted.', ''),
  ('sales.coupons', 'created_by', 'reader', 'coupons', 'Coupons that you made.', ''),
  ('sales.coupons', 'instructor_id', 'reader', null, 'Coupons for your courses, made by you or by staff.', ''),
  ('sales.payments', 'student_id', 'reader', 'payments', 'What you paid.', ''),
  ('sales.payment_references', 'student_id', 'reader', null, 'The same references as in your payments.', ''),
  ('sales.gateway_refunds', 'student_id', 'reader', 'gateway-refunds', 'What gateways gave back to you.', ''),
  ('sales.refunds', 'student_id', 'reader', 'refunds', 'What you got back, and why.', $$reason = ''$$),
  ('sales.refunds', 'requested_by', 'reader', null, 'Refunds to others that you asked for as staff.', ''),
  ('sales.invoices', 'student_id', 'reader', 'invoices', 'Invoices and credit notes to you.', ''),
  ('sales.invoice_buyers', 'student_id', 'reader', 'invoice-addresses', 'To whom your invoices were made out.',
    'name = null; address = null; tax_number = null; country = null'),
  ('sales.organisations', 'creator_id', 'reader', 'organisations', 'Organisations that you founded.', ''),
  ('sales.organisation_managers', 'user_id', 'reader', 'managed-organisations', 'Organisations whose seats you manage.', 'email = null'),
  ('sales.seats', 'buyer_id', 'reader', 'seats-for-others', 'Seats that you bought for others, without their codes.',
    $$recipient_email = case kind when 'gift' then null else recipient_email end; code_hash = case when kind = 'gift' and holder_id is null then null else code_hash end$$),
  ('sales.seats', 'holder_id', 'reader', 'seats', 'Seats that others bought for you.', 'recipient_email = null'),
  ('sales.ledger_entries', 'student_id', 'reader', null, 'The same money as in your payments and refunds, as the books post it.', ''),
  ('sales.ledger_accounts', 'instructor_id', 'reader', 'ledger-accounts', 'Accounts of the books that are kept for you.', ''),
  ('sales.payouts', 'instructor_id', 'reader', 'payouts', 'What you earned and were paid.', ''),
  ('sales.payouts', 'approved_by', 'reader', null, 'Payouts to others that you approved.', ''),
  ('sales.payouts', 'created_by', 'reader', null, 'Payouts to others that you planned by a run.', ''),
  ('sales.payouts', 'paid_by', 'reader', null, 'Payouts to others that you noted as paid.', ''),
  ('sales.payouts', 'cancelled_by', 'reader', null, 'Payouts to others that you cancelled.', ''),
  -- platform: what staff ordered, and what is on its way to other programs
  ('platform.imports', 'started_by', 'reader', 'imports', 'Files that you imported as staff, with their counts.', ''),
  ('platform.webhooks', 'created_by', 'reader', 'webhooks', 'Receivers of events that you set up as staff.', ''),
  ('platform.student_outbox', 'student_id', 'reader', null, 'Events on their way to receivers: ids, the same facts as in your other files.', ''),
  -- audit: ids only, sealed
  ('audit.change_log', 'changed_by', 'recorder', null, 'What you changed: ids and amounts, sealed against any change.', '')
  ) listed (relation, person_column, keeper, file, explanation, clearing)
 where exists (select from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                where n.nspname || '.' || c.relname = relation);
comment on view identity.personal_tables is 'Which tables hold rows of a person, in which file of an export they are, and what an erasure clears in them.';
comment on column identity.personal_tables.relation is 'The table, with its room.';
comment on column identity.personal_tables.person_column is 'Its column that points at the person.';
comment on column identity.personal_tables.keeper is 'With whose rights the export reads: reader, gatekeeper (proofs of identity), recorder (not exported).';
comment on column identity.personal_tables.file is 'Name of the file in an export; null: not exported, for the reason given.';
comment on column identity.personal_tables.explanation is 'What the file holds, in words for the person; or why there is none.';
comment on column identity.personal_tables.clearing is 'What an erasure sets in these rows, columns separated by semicolons; empty: the row holds nothing personal, or identity.erase_user() removes it.';
grant select on identity.personal_tables to techcourse_app, techcourse_reader, techcourse_gatekeeper, techcourse_loader;
