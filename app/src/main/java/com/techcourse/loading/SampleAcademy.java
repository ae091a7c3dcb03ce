package com.techcourse.loading;

import com.techcourse.platform.Database;
import com.techcourse.platform.FirstStart;
import com.techcourse.platform.Progress;
import com.techcourse.platform.postgres.DatabaseProblem;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The academy that a new installation begins with: 40 courses, 2,000 students, 90 days of trade. The same day makes
 * the same rows. It is loaded in one transaction, once; a second run changes nothing.
 */
public final class SampleAcademy implements FirstStart {

    /** Fills a database only while nobody has an account in it. */
    @Override
    public void load(Database database, Progress progress) {
        if (database.owner().connectionResult(AcademyLoad::isEmpty)) {
            load(database, Optional.empty(), passwords(database), progress);
        }
    }

    @Override
    public List<DemoLogin> logins(Database database) {
        return database.owner().connectionResult(AcademyLoad::isLoaded)
                ? DemoLogins.of(passwords(database))
                : List.of();
    }

    /** Says whether anything was loaded. Without a day, yesterday's business day is the last one that is told. */
    public boolean load(
            Database database, Optional<LocalDate> day, Optional<DemoPasswords> passwords, Progress progress) {
        return database.owner().connectionResult(owner -> load(owner, day, passwords, progress));
    }

    static boolean load(Connection owner, Optional<LocalDate> day, Optional<DemoPasswords> passwords, Progress progress)
            throws SQLException {
        try {
            return new AcademyLoad(owner, progress).run(day, passwords);
        } catch (SQLException e) {
            if (LoaderTransaction.isRefusal(e)) {
                throw new DatabaseProblem(
                        "The sample academy does not fit into this database: " + LoaderTransaction.sentence(e),
                        "Load it into an empty database. Nothing of it was kept.",
                        e);
            }
            throw e;
        }
    }

    private static Optional<DemoPasswords> passwords(Database database) {
        return Optional.of(DemoPasswords.derivedFrom(database.ownerUrl().password()));
    }
}
