package com.techcourse.learning;

import com.techcourse.testing.Sql;
import java.util.UUID;

/** Lessons for the courses of these tests. */
final class CourseLessons {

    private CourseLessons() {}

    /** One more lesson, at the end, in a section of its own. */
    static UUID add(Sql owner, UUID course) {
        UUID section = owner.uuid("""
                insert into catalog.sections (course_id, position, title)
                select ?, count(*), 'Chapter' from catalog.sections where course_id = ? returning id
                """, course, course);
        return owner.uuid("""
                insert into catalog.lessons (course_id, section_id, position, title, kind, minutes)
                values (?, ?, 0, 'Lesson', 'article', 5) returning id
                """, course, section);
    }
}
