package com.techcourse.learning.web;

import com.techcourse.platform.Acting;
import com.techcourse.platform.api.Refused;
import java.util.Objects;
import java.util.UUID;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** Enrols and ends, as the database allows. */
@Component
class Enrolling {

    /** Who acts, where only students are let in. */
    static UUID student(Acting acting) {
        return Objects.requireNonNull(acting.userId());
    }

    /** Whether something changed; both who is new and who comes back are enrolled anew. */
    boolean enrol(DSLContext database, UUID student, UUID course) {
        return !"already".equals(database.fetchValue("select learning.enrol(?, ?)", student, course));
    }

    void end(DSLContext database, UUID student, UUID course) {
        if (!Boolean.TRUE.equals(database.fetchValue("select learning.end_enrolment(?, ?)", student, course))) {
            throw new Refused("not-found");
        }
    }
}
