-- What each column of the room learning means. All of it is about a person, so every table is behind row security;
-- "Personal data." marks the free text and documents in which a person may tell more than the row itself does.
comment on column learning.enrollments.student_id is 'Who learns.';
comment on column learning.enrollments.course_id is 'What.';
comment on column learning.enrollments.instructor_id is 'Copy of the course''s, kept equal by the foreign key, so that row security needs no other table.';
comment on column learning.enrollments.order_id is 'The order that paid for it; null for a free course.';
comment on column learning.enrollments.seat_id is 'The seat on which it stands, bought by somebody else; null for what the student bought or what is free.';
comment on column learning.enrollments.enrolled_at is 'Since when.';
comment on column learning.enrollments.ended_at is 'Until when; null while it lasts. Progress outlives it.';
comment on column learning.enrollments.end_reason is 'Why it ended: refunded, withdrawn by the student, expired, removed by staff.';
comment on column learning.enrollments.completed_at is 'When all of the course was done; said by the database or staff, never by the client.';

comment on column learning.lesson_progress.student_id is 'Who learns.';
comment on column learning.lesson_progress.lesson_id is 'The lesson.';
comment on column learning.lesson_progress.course_id is 'The lesson''s course, in which the student is enrolled.';
comment on column learning.lesson_progress.position_seconds is 'Where to go on in a video, in seconds from its beginning.';
comment on column learning.lesson_progress.started_at is 'First opened.';
comment on column learning.lesson_progress.last_seen_at is 'Last opened.';
comment on column learning.lesson_progress.completed_at is 'Done; null before.';

comment on column learning.attempt_slots.student_id is 'Who tries.';
comment on column learning.attempt_slots.quiz_id is 'The quiz.';
comment on column learning.attempt_slots.attempt_no is 'Which try, from 1; never past the limit.';
comment on column learning.attempt_slots.course_id is 'The quiz''s course, in which the student is enrolled.';
comment on column learning.attempt_slots.quiz_version is 'The version of the document that was handed out.';
comment on column learning.attempt_slots.attempt_limit is 'Limit of that version; the foreign key makes it the truth.';
comment on column learning.attempt_slots.started_at is 'Beginning of the attempt, part of its key.';
comment on column learning.attempt_slots.attempt_id is 'The attempt.';

comment on column learning.attempts.student_id is 'Who tries.';
comment on column learning.attempts.started_at is 'Beginning, by the database''s clock; decides the partition.';
comment on column learning.attempts.id is 'Key, UUIDv7, together with student and time.';
comment on column learning.attempts.quiz_id is 'The quiz.';
comment on column learning.attempts.quiz_version is 'The version of the document that was handed out; grading reads that one.';
comment on column learning.attempts.course_id is 'The quiz''s course.';
comment on column learning.attempts.instructor_id is 'The course''s instructor when the attempt began, so that row security needs no other table.';
comment on column learning.attempts.attempt_no is 'Which try, from 1; the slot of the same number belongs to it alone.';
comment on column learning.attempts.status is 'in_progress: answers may change; submitted: a person must grade; graded.';
comment on column learning.attempts.answers is 'Answers by question id, in the shape of the question''s key; frozen at the hand-in. Personal data.';
comment on column learning.attempts.revision is 'Counts savings of the answers, so that an older tab does not overwrite a newer one.';
comment on column learning.attempts.deadline_at is 'Beginning plus the time limit; null when the quiz sets none.';
comment on column learning.attempts.submitted_at is 'Hand-in, by the database''s clock.';
comment on column learning.attempts.late is 'Whether the hand-in was after the deadline; computed.';
comment on column learning.attempts.item_points is 'Points by question id, as graded; null before.';
comment on column learning.attempts.score is 'Percent of all points, 0 to 100; null before the grade, and where a source gives none.';
comment on column learning.attempts.passing_score is 'Percent that passes, copied from the version; the foreign key makes it the truth.';
comment on column learning.attempts.passed is 'Whether the score reaches it; computed.';
comment on column learning.attempts.graded_at is 'When the score was fixed.';
comment on column learning.attempts.paper is 'Ids of the questions that it asks, in its order, drawn at the start; null where a source gives none: all of the document.';
comment on column learning.attempts.answer_revisions is 'How often each answer was saved, by question id; 0 where absent.';
comment on column learning.attempts.saved_at is 'Last saving of an answer; null before the first.';
comment on column learning.attempts.accepts_until is 'Deadline plus grace, until which answers are taken; null for no grace.';

comment on column learning.manual_grades.student_id is 'Whose essay.';
comment on column learning.manual_grades.attempt_started_at is 'Beginning of the attempt, part of its key.';
comment on column learning.manual_grades.attempt_id is 'The attempt.';
comment on column learning.manual_grades.question_id is 'The essay''s id in the document.';
comment on column learning.manual_grades.points is 'What it is worth, at most the question''s points.';
comment on column learning.manual_grades.comment is 'A word to the student; empty for none. Personal data.';
comment on column learning.manual_grades.graded_by is 'Who said so.';
comment on column learning.manual_grades.version is 'Counts the changes, the ETag of the grade.';
comment on column learning.manual_grades.graded_at is 'Last change.';

comment on column learning.grading_claims.student_id is 'Whose attempt.';
comment on column learning.grading_claims.attempt_started_at is 'Beginning of the attempt, part of its key.';
comment on column learning.grading_claims.attempt_id is 'The attempt.';
comment on column learning.grading_claims.claimed_by is 'Who grades it.';
comment on column learning.grading_claims.claimed_until is 'Until when nobody else may; later anyone takes it over.';

comment on column learning.regrades.id is 'Key, UUIDv7; of two corrections of a question the later one counts.';
comment on column learning.regrades.quiz_id is 'The quiz.';
comment on column learning.regrades.question_id is 'The question whose key was wrong.';
comment on column learning.regrades.question is 'The whole question as it should have been.';
comment on column learning.regrades.reason is 'Why, in the words of whoever corrected it.';
comment on column learning.regrades.requested_by is 'Who corrected it.';
comment on column learning.regrades.attempts_seen is 'How many attempts were graded again, where that was one transaction; null where learning.regrade_runs counts.';
comment on column learning.regrades.attempts_changed is 'How many of them got other points; null where learning.regrade_runs counts.';
comment on column learning.regrades.created_at is 'When.';

comment on column learning.regrade_runs.regrade_id is 'The correction.';
comment on column learning.regrade_runs.quiz_id is 'Its quiz.';
comment on column learning.regrade_runs.attempts_total is 'How many attempts were handed in when it began.';
comment on column learning.regrade_runs.attempts_seen is 'How many are graded again so far.';
comment on column learning.regrade_runs.attempts_changed is 'How many of them got other points.';
comment on column learning.regrade_runs.last_started_at is 'Beginning of the last attempt behind it; null before the first batch.';
comment on column learning.regrade_runs.last_attempt_id is 'The last attempt behind it; null before the first batch.';
comment on column learning.regrade_runs.started_at is 'When the correction was made.';
comment on column learning.regrade_runs.finished_at is 'When the last batch was done; null while some remain.';

comment on column learning.key_corrections.quiz_id is 'The quiz.';
comment on column learning.key_corrections.version is 'A version of its document that asks the question.';
comment on column learning.key_corrections.question_id is 'The question.';
comment on column learning.key_corrections.regrade_id is 'The correction that counts for it.';

comment on column learning.attempt_regrades.student_id is 'Whose attempt.';
comment on column learning.attempt_regrades.regrade_id is 'The correction.';
comment on column learning.attempt_regrades.attempt_started_at is 'Beginning of the attempt, part of its key.';
comment on column learning.attempt_regrades.attempt_id is 'The attempt.';
comment on column learning.attempt_regrades.points_before is 'Points of the question before; null where it had none.';
comment on column learning.attempt_regrades.points_after is 'Points of the question with the right key.';
comment on column learning.attempt_regrades.score_before is 'Percent before; null while an essay waited.';
comment on column learning.attempt_regrades.score_after is 'Percent after; null while an essay waits.';
comment on column learning.attempt_regrades.passed_before is 'Whether it had passed.';
comment on column learning.attempt_regrades.passed_after is 'Whether it passes now.';
comment on column learning.attempt_regrades.certificate_kept is 'A good certificate rests on a pass that this took away; it stays good, and a person may revoke it.';
comment on column learning.attempt_regrades.regraded_at is 'When.';

comment on column learning.certificates.student_id is 'Who passed.';
comment on column learning.certificates.course_id is 'What.';
comment on column learning.certificates.number is 'Printed number, TC- and three groups of Crockford''s base 32; anyone who holds it may check it.';
comment on column learning.certificates.attempt_started_at is 'Beginning of the attempt that it rests on, part of the attempt''s key.';
comment on column learning.certificates.attempt_id is 'The attempt that it rests on.';
comment on column learning.certificates.score is 'Percent reached, equal to the attempt''s.';
comment on column learning.certificates.issued_at is 'Date on the certificate.';
comment on column learning.certificates.revoked_at is 'When it was declared void; null while it is good.';
comment on column learning.certificates.revoked_reason is 'Why, for whoever checks the number; set exactly when revoked. Personal data.';

comment on column learning.certificate_numbers.number is 'The printed number.';
comment on column learning.certificate_numbers.student_id is 'Whose certificate.';
comment on column learning.certificate_numbers.course_id is 'Of which course.';

comment on column learning.reviews.student_id is 'Who rates.';
comment on column learning.reviews.course_id is 'Which course.';
comment on column learning.reviews.rating is 'Stars, 1 (poor) to 5 (excellent).';
comment on column learning.reviews.body is 'Plain text, public; empty when only stars were given. Personal data.';
comment on column learning.reviews.created_at is 'First written.';
comment on column learning.reviews.updated_at is 'Last change of the row, stamped by a trigger.';

comment on column learning.events.student_id is 'Who.';
comment on column learning.events.occurred_at is 'When; decides the partition.';
comment on column learning.events.id is 'Key, UUIDv7, together with student and time.';
comment on column learning.events.kind is 'What was done.';
comment on column learning.events.course_id is 'In which course; null outside of any.';
comment on column learning.events.lesson_id is 'In which lesson; null outside of any.';
comment on column learning.events.payload is 'Details by kind, such as the words searched for; ids rather than names. Personal data.';

comment on column learning.reviews.id is 'Name of the review in addresses, UUIDv7.';
comment on column learning.reviews.reply is 'Answer of an instructor of the course, public; null when there is none. Personal data.';
comment on column learning.reviews.replied_at is 'When the instructor answered; set exactly when there is an answer.';

comment on column learning.activity_days.student_id is 'Who learned.';
comment on column learning.activity_days.day is 'Day in the academy''s accounting time zone.';

comment on column learning.course_ratings.course_id is 'The course.';
comment on column learning.course_ratings.stars_1 is 'How many gave one star.';
comment on column learning.course_ratings.stars_2 is 'How many gave two stars.';
comment on column learning.course_ratings.stars_3 is 'How many gave three stars.';
comment on column learning.course_ratings.stars_4 is 'How many gave four stars.';
comment on column learning.course_ratings.stars_5 is 'How many gave five stars.';
comment on column learning.course_ratings.ratings is 'How many rated it; computed.';
comment on column learning.course_ratings.stars_total is 'All stars together; computed.';
comment on column learning.course_ratings.rolled_up_at is 'When open changes were last folded in.';

comment on column learning.rating_changes.student_id is 'Whose review changed.';
comment on column learning.rating_changes.id is 'Key, UUIDv7, together with the student.';
comment on column learning.rating_changes.course_id is 'The course.';
comment on column learning.rating_changes.rating is 'Stars, 1 to 5.';
comment on column learning.rating_changes.change is '1 when these stars were given, -1 when they were taken back.';

comment on column learning.certificates.holder_name is
  'Name of the holder when it was issued; null once the person is erased. Personal data.';
comment on column learning.certificates.revoked_by is
  'Who declared it void; null while it is good, and when a corrected key took its proof away.';
