package com.techcourse.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Race;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.WithAcademy;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Instructors build courses together; the database lets none overwrite another, or sell what is not ready. */
class StudioRulesTest extends WithAcademy {

    private static final int AT_ONCE = 100;
    private static final String SHARE =
            "insert into catalog.course_instructors (course_id, instructor_id, share_percent) values (?, ?, ?)";
    private static final String DRAFT =
            "insert into catalog.lesson_drafts (lesson_id, author_id, revision, lesson_version) values (?, ?, ?, 1)";
    private static final String PUBLISH = "update catalog.courses set status = 'published' where id = ?";

    /** The first column of what an acting person gets back. */
    private List<@Nullable Object> seen(UUID user, String role, String statement, Object... values) {
        return as(user, role, sql -> sql.run(statement, values));
    }

    private UUID section(UUID course, int position) {
        return owner.uuid(
                "insert into catalog.sections (course_id, position, title) values (?, ?, 'Section') returning id",
                course,
                position);
    }

    private UUID lesson(UUID section, int position) {
        UUID lesson = owner.uuid("""
                insert into catalog.lessons (course_id, section_id, position, title, kind, minutes)
                select course_id, id, ?, 'Lesson', 'article', 5 from catalog.sections where id = ? returning id
                """, position, section);
        owner.run(
                "insert into catalog.lesson_contents (lesson_id, instructor_id, markdown) select id, instructor_id, 'Text' from catalog.lessons where id = ?",
                lesson);
        return lesson;
    }

    private UUID draft() {
        return academy.course(academy.instructor(), "10", "draft");
    }

    private int outline(UUID course) {
        return (int) owner.number("select version from catalog.outlines where course_id = ?", course);
    }

    @Test
    void aFurtherInstructorEditsEverythingOfTheCourseUntilTheEnd() {
        UUID course = draft();
        UUID lead = academy.instructorOf(course);
        UUID colleague = academy.instructor();
        UUID lesson = lesson(section(course, 0), 0);
        UUID quiz = academy.quiz(course);
        as(lead, "instructor", sql -> sql.run(SHARE, course, colleague, 30));
        for (String edit : List.of(
                "update catalog.courses set title = 'Ours' where id = '" + course + "' returning 1",
                "update catalog.sections set title = 'Ours' where course_id = '" + course + "' returning 1",
                "update catalog.lessons set title = 'Ours' where id = '" + lesson + "' returning 1",
                "update catalog.lesson_contents set markdown = 'Ours' where lesson_id = '" + lesson + "' returning 1",
                "update catalog.quizzes set position = 3 where id = '" + quiz + "' returning 1",
                "insert into catalog.sections (course_id, position, title) values ('" + course
                        + "', 7, 'Mine') returning 1")) {
            assertThat(seen(colleague, "instructor", edit)).as(edit).hasSize(1);
        }
        assertThat(seen(colleague, "student", "select 1 from catalog.quizzes where id = ?", quiz))
                .isEmpty();
        as(
                colleague,
                "instructor",
                sql -> sql.run("delete from catalog.course_instructors where course_id = ?", course));
        assertThat(seen(colleague, "instructor", "select 1 from catalog.courses where id = ?", course))
                .isEmpty();
        assertThat(owner.number(
                        "select count(*) from catalog.lessons where course_id = ? and editor_ids <> '{}'", course))
                .isZero();
    }

    @Test
    void onlyTheLeadSharesOut() {
        UUID course = draft();
        UUID colleague = academy.instructor();
        Refusal.by("42501", () -> as(colleague, "instructor", sql -> sql.run(SHARE, course, colleague, 30)));
        UUID lead = academy.instructorOf(course);
        Refusal.by(
                "23514",
                "course_instructors_beside_the_lead_check",
                () -> as(lead, "instructor", sql -> sql.run(SHARE, course, lead, 30)));
        Refusal.by(
                "23503",
                "course_instructors_instructor_id_role_fkey",
                () -> as(lead, "instructor", sql -> sql.run(SHARE, course, academy.student(), 30)));
    }

    @Test
    void sharesAreAtMostTheWhole() {
        UUID course = draft();
        UUID lead = academy.instructorOf(course);
        as(lead, "instructor", sql -> sql.run(SHARE, course, academy.instructor(), 60));
        Refusal.by("TC220", () -> as(lead, "instructor", sql -> sql.run(SHARE, course, academy.instructor(), 40.01)));
    }

    @Test
    void aHundredSharesAtOnceAreAtMostTheWhole() {
        UUID course = draft();
        UUID lead = academy.instructorOf(course);
        List<UUID> others =
                IntStream.range(0, AT_ONCE).mapToObj(n -> academy.instructor()).toList();
        Race.Result race = Race.of(
                AT_ONCE,
                database.appUrl(),
                (sql, number) -> sql.transaction(app -> {
                    app.actAs(lead, "instructor");
                    return app.run(SHARE, course, others.get(number), 30);
                }));
        assertThat(race.winners()).as(race.toString()).isEqualTo(3);
        assertThat(race.refusals()).containsOnly(new Refusal("TC220", null));
        assertThat(owner.number("select cardinality(editor_ids) from catalog.courses where id = ?", course))
                .isEqualTo(3);
    }

    @Test
    void ofAHundredEditorsOfOneOutlineOneWins() {
        UUID course = draft();
        UUID lead = academy.instructorOf(course);
        UUID section = section(course, 0);
        int read = outline(course);
        Race.Result race = Race.of(
                AT_ONCE,
                database.appUrl(),
                (sql, number) -> sql.transaction(app -> {
                    app.actAs(lead, "instructor");
                    app.run("select catalog.claim_outline(?, ?)", course, read);
                    return app.run("update catalog.sections set title = ? where id = ?", "Title " + number, section);
                }));
        assertThat(race.winners()).isOne();
        assertThat(race.refusals()).containsOnly(new Refusal("TC221", null));
        assertThat(outline(course)).isEqualTo(read + 1);
    }

    @Test
    void aStrangerClaimsNoOutline() {
        UUID course = draft();
        assertThat(seen(academy.instructor(), "instructor", "select catalog.claim_outline(?, 1)", course))
                .containsOnlyNulls();
    }

    @Test
    void anOutlineIsArrangedAsAWhole() {
        UUID course = draft();
        UUID lead = academy.instructorOf(course);
        UUID first = section(course, 0);
        UUID second = section(course, 1);
        UUID a = lesson(first, 0);
        UUID b = lesson(first, 1);
        String arrange = "select catalog.arrange_outline(?, ?::jsonb)";
        String swapped = "[{\"id\": \"%s\", \"lessons\": [\"%s\"]}, {\"id\": \"%s\", \"lessons\": [\"%s\"]}]"
                .formatted(second, a, first, b);
        as(lead, "instructor", sql -> sql.run(arrange, course, swapped));
        assertThat(owner.run(
                        "select l.id from catalog.lessons l join catalog.sections s on s.id = l.section_id where l.course_id = ? order by s.position, l.position",
                        course))
                .containsExactly(a, b);
        for (String wrong : List.of(
                "[]",
                "[{\"id\": \"%s\", \"lessons\": [\"%s\", \"%s\"]}]".formatted(first, a, b),
                swapped.replace(a.toString(), b.toString()))) {
            Refusal.by("TC226", () -> as(lead, "instructor", sql -> sql.run(arrange, course, wrong)));
        }
    }

    @Test
    void aDraftIsSavedUnderTheNextRevisionOnly() {
        UUID course = draft();
        UUID lead = academy.instructorOf(course);
        UUID lesson = lesson(section(course, 0), 0);
        Refusal.by("TC222", () -> as(lead, "instructor", sql -> sql.run(DRAFT, lesson, lead, 2)));
        as(lead, "instructor", sql -> sql.run(DRAFT, lesson, lead, 1));
        Race.Result race = Race.of(
                AT_ONCE,
                database.appUrl(),
                (sql, number) -> sql.transaction(app -> {
                    app.actAs(lead, "instructor");
                    return app.run(
                            "update catalog.lesson_drafts set revision = 2, markdown = ? where lesson_id = ?",
                            "Tab " + number,
                            lesson);
                }));
        assertThat(race.winners()).isOne();
        assertThat(race.refusals()).containsOnly(new Refusal("TC222", null));
    }

    @Test
    void aDraftIsOfAnOwnLesson() {
        UUID lesson = lesson(section(academy.course("0"), 0), 0);
        UUID stranger = academy.instructor();
        Refusal.by("TC227", () -> as(stranger, "instructor", sql -> sql.run(DRAFT, lesson, stranger, 1)));
    }

    private UUID ready() {
        UUID course = draft();
        owner.run(
                "insert into identity.instructor_profiles (user_id, display_name, bio) values (?, 'Ina', 'Teaches.')",
                academy.instructorOf(course));
        owner.run(
                "update catalog.courses set title = 'A title', subtitle = 'Short', description = repeat('Long. ', 50) where id = ?",
                course);
        lesson(section(course, 0), 0);
        return course;
    }

    @Test
    void whatIsNotReadyIsNotPublished() {
        UUID empty = draft();
        UUID lead = academy.instructorOf(empty);
        assertThat(seen(lead, "instructor", "select code from catalog.publish_faults(?)", empty))
                .contains("subtitle", "description", "instructor-profile", "lessons");
        Refusal.by("TC223", () -> as(lead, "instructor", sql -> sql.run(PUBLISH, empty)));
        Refusal.by("TC223", () -> as(lead, "instructor", sql -> sql.run("""
                        insert into catalog.courses (slug, instructor_id, category_id, title, price, currency, status)
                        select slug || '-copy', instructor_id, category_id, title, 0, 'EUR', 'published' from catalog.courses where id = ?
                        """, empty)));
        UUID ready = ready();
        as(academy.instructorOf(ready), "instructor", sql -> sql.run(PUBLISH, ready));
        assertThat(owner.one("select status from catalog.courses where id = ?", ready))
                .isEqualTo("published");
    }

    @Test
    void whatWasPublishedIsNoDraftAgain() {
        UUID course = ready();
        UUID lead = academy.instructorOf(course);
        as(lead, "instructor", sql -> sql.run(PUBLISH, course));
        String draft = "update catalog.courses set status = 'draft' where id = ?";
        Refusal.by("TC225", () -> as(lead, "instructor", sql -> sql.run(draft, course)));
        as(lead, "instructor", sql -> sql.run("update catalog.courses set status = 'archived' where id = ?", course));
        as(lead, "instructor", sql -> sql.run(PUBLISH, course));
    }

    @Test
    void aPublishedCourseKeepsALessonHoweverManyAreDeletedAtOnce() {
        UUID course = ready();
        UUID lead = academy.instructorOf(course);
        UUID section = owner.uuid("select id from catalog.sections where course_id = ?", course);
        for (int n = 1; n < AT_ONCE; n++) {
            lesson(section, n);
        }
        as(lead, "instructor", sql -> sql.run(PUBLISH, course));
        List<Object> lessons = owner.run("select id from catalog.lessons where course_id = ?", course).stream()
                .map(Object.class::cast)
                .toList();
        Race.Result race = Race.of(
                AT_ONCE,
                database.appUrl(),
                (sql, number) -> sql.transaction(app -> {
                    app.actAs(lead, "instructor");
                    return app.run("delete from catalog.lessons where id = ?", lessons.get(number));
                }));
        assertThat(race.winners()).as(race.toString()).isEqualTo(AT_ONCE - 1);
        assertThat(race.refusals()).containsExactly(new Refusal("TC224", null));
    }

    @Test
    void publishingAndDeletingTheLastLessonNeverBothWin() {
        for (int round = 0; round < 10; round++) {
            UUID course = ready();
            UUID lead = academy.instructorOf(course);
            Race.of(
                    2,
                    database.appUrl(),
                    (sql, number) -> sql.transaction(app -> {
                        app.actAs(lead, "instructor");
                        return app.run(
                                number == 0 ? PUBLISH : "delete from catalog.lessons where course_id = ?", course);
                    }));
            assertThat(owner.number("""
                            select count(*) from catalog.courses c where c.id = ? and c.status = 'published'
                               and not exists (select from catalog.lessons l where l.course_id = c.id)
                            """, course)).isZero();
        }
    }

    @Test
    void aLessonCountsItsVersionNotItsPlace() {
        UUID course = draft();
        UUID lesson = lesson(section(course, 0), 0);
        owner.run("update catalog.lessons set position = 5 where id = ?", lesson);
        assertThat(owner.number("select version from catalog.lessons where id = ?", lesson))
                .isOne();
        owner.run("update catalog.lesson_contents set markdown = 'New' where lesson_id = ?", lesson);
        owner.run("update catalog.lessons set title = 'New' where id = ?", lesson);
        assertThat(owner.number("select version from catalog.lessons where id = ?", lesson))
                .isEqualTo(3);
    }
}
