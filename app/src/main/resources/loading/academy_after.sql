-- After the commit: the log of the load is sealed, and the planner learns what was loaded.
select audit.seal();
analyze identity.users, identity.user_roles, catalog.courses, catalog.lessons, catalog.quizzes,
  learning.enrollments, learning.lesson_progress, learning.attempt_slots, learning.attempts, learning.certificates, learning.reviews,
  learning.events, sales.orders, sales.order_lines, sales.payments, sales.refunds, sales.ledger_entries, audit.change_log;
