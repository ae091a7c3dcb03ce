-- What each column of the room catalog means. Nothing here is personal; what is paid for is said to be so.
comment on column catalog.categories.id is 'Key, UUIDv7.';
comment on column catalog.categories.slug is 'Name in addresses: lower case words joined by hyphens.';
comment on column catalog.categories.name is 'Name on pages.';
comment on column catalog.categories.description is 'One sentence under the name; empty when there is none.';
comment on column catalog.categories.position is 'Order in lists, smallest first.';

comment on column catalog.courses.id is 'Key, UUIDv7.';
comment on column catalog.courses.slug is 'Name in the address /courses/{slug}.';
comment on column catalog.courses.instructor_id is 'Who leads the course, may edit it and earns from it; copied into all that hangs on the course.';
comment on column catalog.courses.instructor_role is 'Always instructor: the half of the foreign key that makes the lead hold that role.';
comment on column catalog.courses.category_id is 'The one subject under which it is found.';
comment on column catalog.courses.title is 'Title on pages, weight A in the search.';
comment on column catalog.courses.subtitle is 'One line under the title; empty when there is none.';
comment on column catalog.courses.description is 'What one learns, Markdown.';
comment on column catalog.courses.language is 'ISO 639 code of the language of instruction; decides how the search reduces words.';
comment on column catalog.courses.level is 'What it expects of a student: beginner, intermediate or advanced.';
comment on column catalog.courses.price is 'What it costs today, in the currency beside it; 0 is free. Every change is in the change log.';
comment on column catalog.courses.currency is 'Currency of the price, ISO 4217.';
comment on column catalog.courses.status is 'draft: only its instructor sees it; published: on sale; archived: off sale, its students keep it.';
comment on column catalog.courses.published_at is 'First publication, stamped by the database; null for a draft that never was public.';
comment on column catalog.courses.external_id is 'The course in an imported source, as <source>:<id there>; null for own courses.';
comment on column catalog.courses.editor_ids is 'The further instructors, who edit beside the lead: copied from course_instructors by its trigger.';
comment on column catalog.courses.version is 'Counts changes; the ETag by which two editors notice each other.';
comment on column catalog.courses.created_at is 'When the draft was begun.';
comment on column catalog.courses.updated_at is 'Last change of the row, stamped by a trigger.';
comment on column catalog.courses.search is 'Words of title (A), subtitle and description (B), reduced by the rules of the course''s language.';

comment on column catalog.course_instructors.course_id is 'The course.';
comment on column catalog.course_instructors.instructor_id is 'The further instructor.';
comment on column catalog.course_instructors.lead_id is 'Copy of the course''s lead, kept equal by the foreign key: who shares out.';
comment on column catalog.course_instructors.instructor_role is 'Always instructor: the half of the foreign key that makes the person hold that role.';
comment on column catalog.course_instructors.share_percent is 'Percent, 0 to 100, of the instructors'' part of a sale.';
comment on column catalog.course_instructors.added_at is 'Since when; the change log keeps earlier shares.';

comment on column catalog.sections.id is 'Key, UUIDv7.';
comment on column catalog.sections.course_id is 'The course that the section is a chapter of.';
comment on column catalog.sections.instructor_id is 'Copy of the course''s, kept equal by the foreign key, so that row security needs no other table.';
comment on column catalog.sections.course_status is 'Copy of the course''s status, kept equal by the foreign key.';
comment on column catalog.sections.editor_ids is 'Copy of the course''s editors, kept equal by the foreign key, so that row security needs no other table.';
comment on column catalog.sections.position is 'Order in the course, from 0.';
comment on column catalog.sections.title is 'Heading in the outline, public with the course.';

comment on column catalog.lessons.id is 'Key, UUIDv7.';
comment on column catalog.lessons.course_id is 'The course, the same as the section''s.';
comment on column catalog.lessons.section_id is 'The section that it belongs to.';
comment on column catalog.lessons.instructor_id is 'Copy of the course''s, kept equal by the foreign key, so that row security needs no other table.';
comment on column catalog.lessons.course_status is 'Copy of the course''s status, kept equal by the foreign key.';
comment on column catalog.lessons.editor_ids is 'Copy of the course''s editors, kept equal by the foreign key, so that row security needs no other table.';
comment on column catalog.lessons.position is 'Order in the section, from 0.';
comment on column catalog.lessons.title is 'Line in the outline, public with the course.';
comment on column catalog.lessons.kind is 'What is mainly taught with: article, video or file.';
comment on column catalog.lessons.minutes is 'Minutes that a student is expected to need.';
comment on column catalog.lessons.preview is 'Whether everyone may read the lesson without buying the course.';

comment on column catalog.lesson_contents.lesson_id is 'The lesson.';
comment on column catalog.lesson_contents.instructor_id is 'Copy of the lesson''s, kept equal by the foreign key, so that row security needs no other table.';
comment on column catalog.lesson_contents.editor_ids is 'Copy of the lesson''s editors, kept equal by the foreign key, so that row security needs no other table.';
comment on column catalog.lesson_contents.markdown is 'Text of the lesson, CommonMark; null when there is none. Paid for.';
comment on column catalog.lesson_contents.video_url is 'https address of the video; null when there is none. Paid for.';
comment on column catalog.lesson_contents.attachment_key is 'Key of the file in the object store, not an address; null when there is none. Paid for.';
comment on column catalog.lesson_contents.updated_at is 'Last change of the row, stamped by a trigger.';

comment on column catalog.quizzes.id is 'Key, UUIDv7.';
comment on column catalog.quizzes.course_id is 'The course that the quiz belongs to.';
comment on column catalog.quizzes.instructor_id is 'Copy of the course''s, kept equal by the foreign key, so that row security needs no other table.';
comment on column catalog.quizzes.course_status is 'Copy of the course''s status, kept equal by the foreign key.';
comment on column catalog.quizzes.editor_ids is 'Copy of the course''s editors, kept equal by the foreign key, so that row security needs no other table.';
comment on column catalog.quizzes.position is 'Order in the course, from 0.';
comment on column catalog.quizzes.metadata is 'The whole quiz: document of schema_version 1 with passing_score in percent, questions, points and answer keys. Secret from students: they get learning.quiz_paper().';
comment on column catalog.quizzes.version is 'Counts changes of the document; every one is kept in quiz_versions.';
comment on column catalog.quizzes.external_id is 'The quiz in an imported source, as <source>:<id there>; null for own quizzes.';
comment on column catalog.quizzes.created_at is 'When the first version was saved.';
comment on column catalog.quizzes.updated_at is 'When the newest version was saved.';

comment on column catalog.quiz_versions.quiz_id is 'The quiz.';
comment on column catalog.quiz_versions.version is 'Number of the version, from 1.';
comment on column catalog.quiz_versions.course_id is 'The quiz''s course.';
comment on column catalog.quiz_versions.metadata is 'The document as it was. Secret from students: it holds the answer keys.';
comment on column catalog.quiz_versions.passing_score is 'Percent of the points that pass, 0 to 100, taken out of the document.';
comment on column catalog.quiz_versions.attempt_limit is 'How many attempts a student has: max_attempts of the document, 1,000,000 where it sets none.';
comment on column catalog.quiz_versions.created_at is 'When this version was saved.';

comment on column catalog.lessons.version is 'Counts changes of the lesson and of its content; the ETag by which two editors notice each other.';

comment on column catalog.outlines.course_id is 'The course.';
comment on column catalog.outlines.version is 'Counts changes of its sections and lessons; the ETag of the outline.';

comment on column catalog.stored_files.sha256 is 'SHA-256 of the file: its name in the store.';
comment on column catalog.stored_files.size_bytes is 'Length in bytes.';
comment on column catalog.stored_files.touched_at is 'When somebody last stored it; a file that no lesson holds goes a day after.';

comment on column catalog.attachments.id is 'Key, UUIDv7.';
comment on column catalog.attachments.lesson_id is 'The lesson that holds it.';
comment on column catalog.attachments.instructor_id is 'Copy of the lesson''s, kept equal by the foreign key, so that row security needs no other table.';
comment on column catalog.attachments.editor_ids is 'Copy of the lesson''s editors, kept equal by the foreign key, so that row security needs no other table.';
comment on column catalog.attachments.file_name is 'Name under which it is saved by whoever downloads it.';
comment on column catalog.attachments.media_type is 'What it is, found out from its first bytes, not from what the sender said.';
comment on column catalog.attachments.sha256 is 'What it holds: the file in the store. Paid for.';
comment on column catalog.attachments.created_at is 'When it was added to the lesson.';

comment on column catalog.lesson_drafts.lesson_id is 'The lesson.';
comment on column catalog.lesson_drafts.author_id is 'Who types; nobody else sees the draft.';
comment on column catalog.lesson_drafts.revision is 'Counts the saves, from 1; each names the next number.';
comment on column catalog.lesson_drafts.lesson_version is 'Version of the lesson from which the draft was begun; shows its author that others have changed it since.';
comment on column catalog.lesson_drafts.markdown is 'Text, CommonMark; null when there is none.';
comment on column catalog.lesson_drafts.video_url is 'https address of the video; null when there is none.';
comment on column catalog.lesson_drafts.saved_at is 'Last save, by the database''s clock.';

comment on column catalog.bank_questions.id is 'Key, UUIDv7.';
comment on column catalog.bank_questions.instructor_id is 'Whose bank it is in; nobody else reads it.';
comment on column catalog.bank_questions.question is 'The question as a quiz holds it, but for id and origin. Secret from students: it holds the key.';
comment on column catalog.bank_questions.tags is 'Words by which it is found, at most 20; a category of an imported file becomes one.';
comment on column catalog.bank_questions.version is 'Counts changes; quizzes remember which one they copied.';
comment on column catalog.bank_questions.imported_as is 'SHA-256 of the question as it was imported, so that a repeated import finds it; null for one written here.';
comment on column catalog.bank_questions.archived_at is 'Since when it is out of use; null while it may be used. Quizzes that copied it keep their copy.';
comment on column catalog.bank_questions.created_at is 'When it was written or imported.';
comment on column catalog.bank_questions.updated_at is 'Last change of the row, stamped by a trigger.';

comment on column catalog.listings.course_id is 'The course.';
comment on column catalog.listings.published is 'Whether it is on sale. Copy of the course''s status.';
comment on column catalog.listings.category_id is 'Copy of the course''s.';
comment on column catalog.listings.level is 'Copy of the course''s.';
comment on column catalog.listings.language is 'Copy of the course''s.';
comment on column catalog.listings.price is 'Copy of the course''s, in its currency.';
comment on column catalog.listings.currency is 'ISO 4217 code. Copy of the course''s.';
comment on column catalog.listings.average is 'Stars on average, 1 to 5 with four decimals, as of the last roll-up; 0 while nobody has rated.';
comment on column catalog.listings.ratings is 'How many have rated it, as of the last roll-up.';
comment on column catalog.listings.students is 'How many take it, as of the last count; who left, or was refunded, is not among them.';
comment on column catalog.listings.price_range is 'free, under-25, 25-to-50, 50-to-100 or 100-and-more, in the course''s own currency.';
comment on column catalog.listings.half_stars is 'The average in half stars, rounded down: 9 from 4.5 stars on.';

comment on column catalog.listing_counts.figure is 'Which figure of the listings.';
comment on column catalog.listing_counts.counted_at is 'When it was last counted, for all courses.';
