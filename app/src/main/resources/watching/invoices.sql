-- Payments and refunds that wait for the number of their invoice or credit note.
-- techcourse_invoices_unnumbered: How many there are, of the last 45 days.
-- techcourse_invoices_unnumbered_longest_seconds: How long the oldest of them waits.
select w.sources as techcourse_invoices_unnumbered,
       coalesce(extract(epoch from clock_timestamp() - w.oldest_at), 0) as techcourse_invoices_unnumbered_longest_seconds
  from sales.waiting_for_numbers() w
