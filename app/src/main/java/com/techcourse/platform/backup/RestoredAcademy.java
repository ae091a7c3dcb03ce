package com.techcourse.platform.backup;

import com.techcourse.platform.Acting;
import com.techcourse.platform.Database;
import java.util.List;
import java.util.stream.Stream;

/** What proves that a restored academy is whole: its books agree, and every seal of its log holds. */
public record RestoredAcademy(Database database) {

    /** Each thing that does not hold; none when all is well. */
    public List<String> faults() {
        Stream<String> books =
                database
                        .owner()
                        .fetchValues("select distinct rule from reporting.books_differences() order by rule")
                        .stream()
                        .map(rule -> "the books: " + rule);
        Stream<String> seals = database.as(
                new Acting(null, "auditor"),
                auditor -> auditor.fetchValues("select fault from audit.verify()").stream()
                        .map(fault -> "the log: " + fault));
        return Stream.concat(books, seals).toList();
    }

    /** The newest row of the log tells which moment it is. */
    public String moment() {
        return database.as(
                new Acting(null, "auditor"),
                auditor -> String.valueOf(
                        auditor.fetchValue(
                                "select format('%s rows in the log, the newest of %s', count(*), date_trunc('second', max(changed_at))) from audit.change_log")));
    }
}
