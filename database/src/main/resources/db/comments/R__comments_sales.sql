-- What each column of the room sales means. Amounts are in units of the currency beside them (EUR 12.50 is 12.50),
-- two decimals. "Personal data." marks what erasing a person must remove.
comment on column sales.coupons.id is 'Key, UUIDv7.';
comment on column sales.coupons.code is 'What a student types, compared without regard to case.';
comment on column sales.coupons.percent_off is 'Percent off the list price, above 0, at most 100; null for an amount.';
comment on column sales.coupons.amount_off is 'Amount off the list price, in the currency beside it; null for a percentage.';
comment on column sales.coupons.currency is 'Currency of amount_off; an order in another one cannot use the coupon. Null for a percentage.';
comment on column sales.coupons.scope is 'For what: platform (every course), instructor (all of one instructor''s) or course (one).';
comment on column sales.coupons.course_id is 'The one course of the scope course; else null.';
comment on column sales.coupons.instructor_id is 'The instructor of the scope instructor, or whose part pays for the scope course; null for the platform''s own.';
comment on column sales.coupons.valid_from is 'First moment of the window.';
comment on column sales.coupons.valid_until is 'End of the window, itself outside.';
comment on column sales.coupons.max_redemptions is 'How many times all students together may use it.';
comment on column sales.coupons.max_per_student is 'How many times one student may use it.';
comment on column sales.coupons.first_purchase_only is 'Whether it is good only in a student''s first order.';
comment on column sales.coupons.active is 'False stops it before the window ends.';
comment on column sales.coupons.created_by is 'Admin or instructor who made it.';
comment on column sales.coupons.created_at is 'When it was made.';
comment on column sales.coupons.updated_at is 'Last change of the row, stamped by a trigger.';

comment on column sales.coupon_slots.coupon_id is 'The coupon.';
comment on column sales.coupon_slots.slot_no is 'Which of its redemptions, from 1; never past the limit.';
comment on column sales.coupon_slots.slot_limit is 'Copy of max_redemptions, kept equal by the foreign key.';
comment on column sales.coupon_slots.student_id is 'Who took the slot.';
comment on column sales.coupon_slots.order_id is 'In which order; one order takes one slot.';
comment on column sales.coupon_slots.taken_at is 'When.';

comment on column sales.orders.student_id is 'Who buys.';
comment on column sales.orders.id is 'Key, UUIDv7, together with the student.';
comment on column sales.orders.placed_at is 'When the order was made, paid or not.';
comment on column sales.orders.currency is 'The one currency of all its lines and its payment.';
comment on column sales.orders.country is 'Country of the buyer, for taxes; null when unknown. Personal data.';
comment on column sales.orders.total_amount is 'Sum of the lines, added up by a trigger; fixed once a payment points at it.';
comment on column sales.orders.idempotency_key is 'The client''s key of the request: the same key again finds this order. Null for orders of an import.';

comment on column sales.order_lines.student_id is 'Who buys.';
comment on column sales.order_lines.order_id is 'The order.';
comment on column sales.order_lines.course_id is 'What is bought; one course once in an order.';
comment on column sales.order_lines.instructor_id is 'Who earned from the course at that moment.';
comment on column sales.order_lines.list_price is 'Price of the course at that moment, before the discount.';
comment on column sales.order_lines.discount_amount is 'What the coupon takes off; at most the list price.';
comment on column sales.order_lines.amount is 'What is paid for the line: list price less discount; computed.';
comment on column sales.order_lines.currency is 'Currency of all amounts of the line, the order''s.';
comment on column sales.order_lines.instructor_share is 'Part of the amount that the instructors earn, 0 to 1, frozen at that moment.';
comment on column sales.order_lines.coupon_id is 'The coupon of the discount; null without one.';
comment on column sales.order_lines.refunded_amount is 'Sum of the line''s refunds, counted by a trigger; never more than the amount.';

comment on column sales.coupon_redemptions.student_id is 'Who used it.';
comment on column sales.coupon_redemptions.coupon_id is 'The coupon.';
comment on column sales.coupon_redemptions.use_no is 'Which use by this student, from 1; never past the limit.';
comment on column sales.coupon_redemptions.use_limit is 'Copy of max_per_student, kept equal by the foreign key.';
comment on column sales.coupon_redemptions.order_id is 'In which order.';
comment on column sales.coupon_redemptions.redeemed_at is 'When.';

comment on column sales.payments.student_id is 'Who pays.';
comment on column sales.payments.id is 'Key, UUIDv7, together with the student.';
comment on column sales.payments.order_id is 'What is paid.';
comment on column sales.payments.amount is 'The order''s total, to the cent: part of the foreign key.';
comment on column sales.payments.currency is 'The order''s currency: part of the foreign key.';
comment on column sales.payments.status is 'pending: begun; captured: the money is ours; failed: nothing was taken.';
comment on column sales.payments.gateway is 'Through whom, such as demo or stripe.';
comment on column sales.payments.reference is 'The gateway''s own id of the payment; no card number, ever.';
comment on column sales.payments.created_at is 'When the payment was begun.';
comment on column sales.payments.captured_at is 'When the money was taken; set exactly when captured.';
comment on column sales.payments.business_day is 'Day of the capture in the accounting time zone of that moment; a later change of the setting leaves it.';
comment on column sales.payments.refunded_amount is 'Sum of the refunds, counted by a trigger; never more than the amount.';

comment on column sales.payments.released_at is 'When its refund window was over and what was earned by it became payable; null while that is to come.';

comment on column sales.payment_references.gateway is 'Through whom.';
comment on column sales.payment_references.reference is 'The gateway''s own id of the payment.';
comment on column sales.payment_references.student_id is 'Whose payment, the first half of its key.';
comment on column sales.payment_references.payment_id is 'The payment.';

comment on column sales.refunds.student_id is 'Who gets money back.';
comment on column sales.refunds.id is 'Key, UUIDv7, together with the student.';
comment on column sales.refunds.payment_id is 'Out of which payment.';
comment on column sales.refunds.order_id is 'Of which order.';
comment on column sales.refunds.course_id is 'For which line of it.';
comment on column sales.refunds.amount is 'What is given back, above 0; all refunds of a line together at most what it cost.';
comment on column sales.refunds.currency is 'The payment''s currency: part of the foreign key.';
comment on column sales.refunds.kind is 'Who wanted it: the student within the window, staff, or the bank (chargeback).';
comment on column sales.refunds.reason is 'In the words of who asked; empty when none were given. Personal data.';
comment on column sales.refunds.requested_by is 'The student or staff member who asked; null for a bank or an import.';
comment on column sales.refunds.refunded_at is 'When the money went back.';
comment on column sales.refunds.business_day is 'Day of the refund in the accounting time zone of that moment: the day on which daily_sales shows it.';

comment on column sales.ledger_accounts.id is 'Key, UUIDv7.';
comment on column sales.ledger_accounts.kind is 'What the account counts; the instructor_ kinds exist once for each instructor.';
comment on column sales.ledger_accounts.instructor_id is 'Whose account; set exactly for the instructor_ kinds.';
comment on column sales.ledger_accounts.currency is 'The one currency of all its entries.';
comment on column sales.ledger_accounts.opened_at is 'When it was first needed.';

comment on column sales.ledger_entries.id is 'Key, UUIDv7.';
comment on column sales.ledger_entries.transaction_id is 'Entries of one event (a sale, a refund, a payout) share it.';
comment on column sales.ledger_entries.posted_at is 'When it was written.';
comment on column sales.ledger_entries.business_day is 'Day in the books: the business day of the payment, refund or payout.';
comment on column sales.ledger_entries.kind is 'Which event: sale, refund, chargeback, release, payout, fee, tax or correction.';
comment on column sales.ledger_entries.debit_account_id is 'Account that the amount is added to on its debit side.';
comment on column sales.ledger_entries.credit_account_id is 'Account that the amount is added to on its credit side; another one.';
comment on column sales.ledger_entries.amount is 'What is moved, above 0.';
comment on column sales.ledger_entries.currency is 'Currency of the amount and of both accounts.';
comment on column sales.ledger_entries.student_id is 'Buyer of the sale or refund; null for other events. No foreign key: the books may not hang on student-keyed tables.';
comment on column sales.ledger_entries.order_id is 'The order; null for other events.';
comment on column sales.ledger_entries.course_id is 'The course of the line; null for other events.';
comment on column sales.ledger_entries.refund_id is 'The refund; null for other events.';
comment on column sales.ledger_entries.payout_id is 'The payout; null for other events.';

comment on column sales.payouts.id is 'Key, UUIDv7.';
comment on column sales.payouts.instructor_id is 'Who is paid.';
comment on column sales.payouts.period_start is 'First business day that is paid for.';
comment on column sales.payouts.period_end is 'Day after the last one that is paid for.';
comment on column sales.payouts.amount is 'What is paid out.';
comment on column sales.payouts.currency is 'Currency of the amount; each one is paid out on its own.';
comment on column sales.payouts.status is 'planned, approved by a second person, paid, or cancelled.';
comment on column sales.payouts.paid_at is 'When the money left; set exactly when paid.';
comment on column sales.payouts.approved_by is 'Who approved it, never the one who is paid; null before.';
comment on column sales.payouts.approved_at is 'When it was approved; null before.';
comment on column sales.payouts.created_at is 'When it was planned.';
comment on column sales.payouts.created_by is 'Who ran the month, never the one who approves; null for payouts of an import.';
comment on column sales.payouts.paid_by is 'Who noted that it was paid, never the one who is paid; null before.';
comment on column sales.payouts.reference is 'The bank''s reference of the transfer; null before.';
comment on column sales.payouts.cancelled_by is 'Who cancelled it; null when nobody is known or it is not cancelled.';
comment on column sales.payouts.cancelled_at is 'When it was cancelled; set exactly when cancelled.';

comment on column sales.coupon_watermarks.coupon_id is 'The coupon.';
comment on column sales.coupon_watermarks.dense_up_to is 'Slots 1 to this one are all given out or wait in coupon_returned_slots.';
comment on column sales.coupon_returned_slots.coupon_id is 'The coupon.';
comment on column sales.coupon_returned_slots.slot_no is 'The slot that came back.';

comment on column sales.orders.purpose is 'self: the buyer learns. Gifts and teams have no way to be ordered yet.';
comment on column sales.orders.wish_details is 'What the buyer gave with it: billing, for the invoice. Personal data.';
comment on column sales.orders.paid_at is 'When its payment was captured; null before.';
comment on column sales.orders.closed_at is 'When it was closed unpaid; null otherwise.';
comment on column sales.orders.close_reason is 'cancelled by the buyer, expired, or replaced by a newer order for the same course.';
comment on column sales.order_lines.quantity is 'How many of the course; list_price is for all of them.';
comment on column sales.order_lines.tax_rate is 'Tax rate of the buyer''s country at the order, 0.19 is 19 percent.';
comment on column sales.order_lines.tax_included is 'Whether list_price holds the tax; otherwise it comes on top.';
comment on column sales.order_lines.tax_amount is 'The tax in the amount.';
comment on column sales.order_lines.released_coupon_id is 'The coupon whose discount the line had, and whose slot was given back.';

comment on column sales.line_shares.student_id is 'Who bought.';
comment on column sales.line_shares.order_id is 'The order.';
comment on column sales.line_shares.course_id is 'The course of the line.';
comment on column sales.line_shares.instructor_id is 'A further instructor of the course.';
comment on column sales.line_shares.share_percent is 'Percent of the instructors'' part that this one gets.';

comment on column sales.course_holds.student_id is 'Who buys, or has bought.';
comment on column sales.course_holds.course_id is 'The course.';
comment on column sales.course_holds.order_id is 'In which order.';

comment on column sales.tax_rates.country is 'Country of the buyer, ISO 3166-1.';
comment on column sales.tax_rates.valid_from is 'First business day of the rate; the newest row counts.';
comment on column sales.tax_rates.rate is 'Part of the net price, 0.19 is 19 percent.';
comment on column sales.tax_rates.name is 'What the tax is called there, for invoices.';

comment on column sales.answered_requests.student_id is 'Who asked: a student, or a member of the staff.';
comment on column sales.answered_requests.key is 'The Idempotency-Key of the request.';
comment on column sales.answered_requests.operation is 'What was asked, in snake_case.';
comment on column sales.answered_requests.request_sha256 is 'SHA-256 of the request, to tell another one with the same key.';
comment on column sales.answered_requests.status is 'HTTP status of the answer; null as long as it is worked on.';
comment on column sales.answered_requests.body is 'The answer; null as long as it is worked on. Personal data.';
comment on column sales.answered_requests.asked_at is 'When; cleared away after two days.';

comment on column sales.payments.idempotency_key is 'Key under which the payment was begun; the same key finds it again.';
comment on column sales.payments.fee_amount is 'What the gateway kept for itself, if it says so.';
comment on column sales.payments.failure_reason is 'Why a failed payment failed, in the gateway''s words.';
comment on column sales.payments.checked_at is 'When the gateway was last asked what became of it.';

comment on column sales.gateway_refunds.student_id is 'Who gets the money.';
comment on column sales.gateway_refunds.id is 'Key, UUIDv7, together with the student; also the gateway''s idempotency key.';
comment on column sales.gateway_refunds.payment_id is 'The payment from which it is given back.';
comment on column sales.gateway_refunds.amount is 'How much.';
comment on column sales.gateway_refunds.currency is 'Currency of the amount, ISO 4217.';
comment on column sales.gateway_refunds.status is 'pending, done, or failed: left to the staff.';
comment on column sales.gateway_refunds.reference is 'The gateway''s reference for it, or the bank''s for a chargeback.';
comment on column sales.gateway_refunds.tries is 'How often the gateway was asked.';
comment on column sales.gateway_refunds.last_error is 'Why the last try did not succeed.';
comment on column sales.gateway_refunds.next_try_at is 'When it is tried next; null when it is not.';
comment on column sales.gateway_refunds.created_at is 'When it was asked for.';
comment on column sales.gateway_refunds.done_at is 'When the gateway had given it back.';
comment on column sales.refunds.gateway_refund_id is 'What the gateway gives back for it, together with the other lines of one refund.';
comment on column sales.demo_charges.payment_id is 'The payment; the key under which the bank is asked, so that it charges once.';
comment on column sales.demo_charges.card is 'Name of the test card; its number is not kept.';
comment on column sales.demo_charges.amount is 'What was asked for.';
comment on column sales.demo_charges.currency is 'Currency of the amount.';
comment on column sales.demo_charges.state is 'waiting (for the slow bank), to_confirm (by the buyer), captured or declined.';
comment on column sales.demo_charges.reason is 'Why it is declined, a word for programs; set exactly then.';
comment on column sales.demo_charges.fee_amount is 'What the bank keeps of it, in the same currency.';
comment on column sales.demo_charges.asked_at is 'When the bank was first asked.';
comment on column sales.demo_charges.settled_at is 'When it was captured or declined; null before.';
comment on column sales.demo_charges.given_back_amount is 'What went back of it.';
comment on column sales.demo_charges.refusals_left is 'How often giving back is still refused, by the test card that does so.';
comment on column sales.demo_returns.request_id is 'The request to give back; the key under which the bank is asked, so that it gives back once.';
comment on column sales.demo_returns.payment_id is 'The payment that it belongs to.';
comment on column sales.demo_returns.amount is 'What went back.';
comment on column sales.demo_returns.currency is 'Currency of the amount.';
comment on column sales.demo_returns.given_back_at is 'When.';
comment on column sales.gateway_events.gateway is 'Which gateway told it, such as stripe.';
comment on column sales.gateway_events.event_id is 'The gateway''s own id of the event.';
comment on column sales.gateway_events.kind is 'The gateway''s own word for what happened.';
comment on column sales.gateway_events.received_at is 'When it first came.';
comment on column sales.gateway_events.handled_at is 'When it was handled; null while it is to be handled again when it comes again.';

comment on column sales.invoices.id is 'Key, UUIDv7, made of kind and source.';
comment on column sales.invoices.seller is 'Who counts: the setting invoice_prefix when it was numbered.';
comment on column sales.invoices.year is 'Calendar year of the business day; each year counts from 1.';
comment on column sales.invoices.serial_no is 'Place among the seller''s numbers of the year, from 1.';
comment on column sales.invoices.previous_no is 'The number before, which must be there; null for the first.';
comment on column sales.invoices.number is 'The number as people read it, such as TC-2026-000001.';
comment on column sales.invoices.kind is 'invoice or credit_note.';
comment on column sales.invoices.student_id is 'The buyer.';
comment on column sales.invoices.order_id is 'What was bought or given back.';
comment on column sales.invoices.payment_id is 'The payment, also of what a credit note gives back.';
comment on column sales.invoices.source_id is 'What it is for: the payment, or the request to give back (the refund where there is none).';
comment on column sales.invoices.corrects_id is 'The invoice that a credit note corrects; null for an invoice.';
comment on column sales.invoices.happened_at is 'When the money was captured or given back; the order of the numbers.';
comment on column sales.invoices.business_day is 'Day of that in the accounting time zone; the date of the invoice.';
comment on column sales.invoices.amount is 'Paid, or given back by a credit note, with tax.';
comment on column sales.invoices.currency is 'Currency of the amount, ISO 4217.';
comment on column sales.invoices.document is 'Seller and lines as they were, frozen.';
comment on column sales.invoices.numbered_at is 'When it got its number.';
comment on column sales.invoice_buyers.invoice_id is 'The invoice.';
comment on column sales.invoice_buyers.student_id is 'The buyer.';
comment on column sales.invoice_buyers.name is 'Personal data. To whom it is made out; null once erased.';
comment on column sales.invoice_buyers.address is 'Personal data. Address as given with the order; null when none was.';
comment on column sales.invoice_buyers.tax_number is 'Personal data. Tax number as given with the order; null when none was.';
comment on column sales.invoice_buyers.country is 'Personal data. Whose tax counted; null when unknown.';

comment on column sales.orders.organisation_id is 'Whose team gets the seats; null but for the purpose team.';

comment on column sales.organisations.id is 'Key, UUIDv7.';
comment on column sales.organisations.name is 'As its letters call it.';
comment on column sales.organisations.creator_id is 'Who founded it, and was its first manager.';
comment on column sales.organisations.creator_no is 'Which of the founder''s organisations, from 1.';
comment on column sales.organisations.manager_ids is 'Who manages its seats, in order; copied by a trigger from organisation_managers, and from here into seats.';
comment on column sales.organisations.letters is 'Invitations to managers that were sent.';
comment on column sales.organisations.version is 'Raised by each change of the name, so that nobody overwrites what they have not seen.';
comment on column sales.organisations.created_at is 'When it was founded.';

comment on column sales.organisation_managers.organisation_id is 'The organisation.';
comment on column sales.organisation_managers.id is 'Key, UUIDv7, together with the organisation.';
comment on column sales.organisation_managers.user_id is 'Who manages; null while a letter waits for an answer.';
comment on column sales.organisation_managers.email is 'Where the invitation went; null for the founder. Personal data.';
comment on column sales.organisation_managers.code_hash is 'SHA-256 of the letter''s code, null once it was used. Secret.';
comment on column sales.organisation_managers.invited_at is 'When the last invitation was sent, or the organisation founded.';
comment on column sales.organisation_managers.joined_at is 'Since when this is a manager; null for an invitation.';

comment on column sales.seats.id is 'Key, UUIDv7.';
comment on column sales.seats.kind is 'gift: the buyer''s to give, once accepted the holder''s; team: the organisation''s to give and to take back.';
comment on column sales.seats.organisation_id is 'Whose team; null for a gift.';
comment on column sales.seats.manager_ids is 'Copy of the organisation''s, kept equal by the foreign key, so that row security needs no other table; empty for a gift.';
comment on column sales.seats.buyer_id is 'Who paid.';
comment on column sales.seats.order_id is 'The order whose payment made it.';
comment on column sales.seats.course_id is 'The course.';
comment on column sales.seats.seat_no is 'Which of the line''s seats, from 1 to its quantity.';
comment on column sales.seats.recipient_email is 'To whom it was offered last, as buyer or manager wrote it; null when to nobody. Personal data.';
comment on column sales.seats.code_hash is 'SHA-256 of the last letter''s code; who has taken the seat by it may repeat that. Secret.';
comment on column sales.seats.holder_id is 'Who has taken it, and is enrolled on it; null when nobody.';
comment on column sales.seats.held_at is 'Since when.';
comment on column sales.seats.moves is 'How often it was taken from a holder; limited by the setting seat_moves.';
comment on column sales.seats.letters is 'How often it was offered by letter.';
comment on column sales.seats.revoked_at is 'When its money was given back; null while it stands.';
comment on column sales.seats.created_at is 'When the payment made it.';
comment on column sales.seats.state is 'free, offered (a letter is out), held or revoked.';
