package com.techcourse.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.WithAcademy;
import org.junit.jupiter.api.Test;

/** The list behind export and erasure against the catalog, so that no new table is forgotten. */
class PersonalTablesTest extends WithAcademy {

    private static final String POINTS_AT_A_PERSON = """
            select c.conrelid::regclass || '.' || a.attname
              from pg_constraint c
              join pg_class t on t.oid = c.conrelid and not t.relispartition
              join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
             where c.contype = 'f' and c.confrelid = 'identity.users'::regclass and cardinality(c.conkey) = 1
            union
            select t.oid::regclass || '.' || a.attname
              from pg_class t
              join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
             where t.relkind in ('r', 'p') and not t.relispartition and a.atttypid = 'uuid'::regtype
               and t.relnamespace::regnamespace::text in
                 ('identity', 'catalog', 'learning', 'sales', 'audit', 'reporting', 'analytics', 'platform')
               and (a.attname in ('user_id', 'student_id', 'instructor_id', 'author_id', 'person_id') or a.attname ~ '_by$' and a.attname <> 'locked_by')
            """;

    @Test
    void everyColumnThatPointsAtAPersonIsListed() {
        assertThat(owner.run(POINTS_AT_A_PERSON
                        + " except select relation || '.' || person_column from identity.personal_tables"))
                .as("columns missing in R__identity_personal_tables.sql; say there what an export and an erasure do")
                .isEmpty();
    }

    @Test
    void everyListedColumnIsThere() {
        assertThat(owner.run("""
                        select p.relation || '.' || p.person_column from identity.personal_tables p
                         where not exists (select from pg_attribute a
                                            where a.attrelid = p.relation::regclass and a.attname = p.person_column and a.attnum > 0)
                        """)).isEmpty();
    }

    @Test
    void aFileHoldsOneTableAndWhatIsLeftOutHasAReason() {
        assertThat(
                        owner.run(
                                "select file from identity.personal_tables where file is not null group by file having count(*) > 1"))
                .isEmpty();
        assertThat(owner.run("select relation from identity.personal_tables where length(explanation) < 10"))
                .isEmpty();
    }

    /** What an erasure removes as a whole needs no clearing: the account itself, sign-ups at its
     * address, proofs of identity, what is searched for words. */
    @Test
    void everyPersonalColumnIsClearedOrRemoved() {
        assertThat(owner.run("""
                        select t.oid::regclass || '.' || a.attname
                          from pg_class t
                          join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
                         where t.relkind in ('r', 'p') and not t.relispartition
                           and col_description(t.oid, a.attnum) ~ 'Personal data\\.'
                           and t.oid not in ('identity.users'::regclass, 'identity.sign_ups'::regclass)
                           and not exists (
                             select from identity.personal_tables p
                              where p.relation::regclass = t.oid
                                and (p.keeper = 'gatekeeper' or p.clearing ~ ('\\m' || a.attname || '\\M')))
                        """)).isEmpty();
    }
}
