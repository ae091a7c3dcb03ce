package com.techcourse.sales;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Race;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.WithSeats;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who manages the seats of an organisation. */
class OrganisationTest extends WithSeats {

    private boolean invite(UUID manager, UUID organisation, String email) {
        Object invited =
                as(manager, "student", sql -> sql.one("select sales.invite_manager(?, ?)", organisation, email));
        return Boolean.TRUE.equals(invited);
    }

    private UUID join(UUID person, String code) {
        return as(person, "student", sql -> sql.uuid("select sales.join_organisation(?)", code));
    }

    private UUID colleague(UUID manager, UUID organisation, String email) {
        UUID colleague = academy.student();
        assertThat(invite(manager, organisation, email)).isTrue();
        assertThat(join(colleague, code(email))).isEqualTo(organisation);
        return colleague;
    }

    private UUID membership(UUID organisation, UUID person) {
        return owner.uuid(
                "select id from sales.organisation_managers where organisation_id = ? and user_id = ?",
                organisation,
                person);
    }

    private boolean remove(UUID manager, UUID organisation, UUID membership) {
        Object removed =
                as(manager, "student", sql -> sql.one("select sales.remove_manager(?, ?)", organisation, membership));
        return Boolean.TRUE.equals(removed);
    }

    @Test
    void managersComeByLetter() {
        UUID founder = academy.student();
        UUID organisation = organisation(founder);
        assertThat(invite(academy.student(), organisation, "stranger@example.org"))
                .isFalse();
        invite(founder, organisation, "first@example.org");
        String lost = code("first@example.org");
        invite(founder, organisation, "First@Example.org");
        Refusal.by("TC471", () -> join(academy.student(), lost));
        UUID colleague = academy.student();
        String code = code("First@Example.org");
        assertThat(join(colleague, code)).isEqualTo(organisation);
        Refusal.by("TC471", () -> join(academy.student(), code));
        List<?> managers =
                as(colleague, "student", sql -> sql.run("select id from sales.managers_of(?)", organisation));
        assertThat(managers).hasSize(2);
        List<?> nobodys =
                as(academy.student(), "student", sql -> sql.run("select id from sales.managers_of(?)", organisation));
        assertThat(nobodys).isEmpty();
    }

    @Test
    void whoIsNoManagerAnyMoreSeesNothing() {
        UUID founder = academy.student();
        UUID course = academy.course("10.00");
        UUID organisation = organisation(founder);
        UUID colleague = colleague(founder, organisation, "partner@example.org");
        UUID seat = seats(paid(order(founder, key(), teamWish(organisation, course, 2, ""))))
                .getFirst();
        assertThat(assign(colleague, seat, "someone@example.org")).isEqualTo(true);
        assertThat(remove(colleague, organisation, membership(organisation, founder)))
                .isTrue();
        assertThat(assign(founder, seat, "someone-else@example.org")).isEqualTo(false);
        for (String table : List.of("seats", "organisations")) {
            List<?> seen = as(founder, "student", sql -> sql.run("select id from sales." + table));
            assertThat(seen).as(table).isEmpty();
        }
        List<?> seen = as(colleague, "student", sql -> sql.run("select id from sales.seats"));
        assertThat(seen).hasSize(2);
    }

    @Test
    void theLastManagerStays() {
        UUID founder = academy.student();
        UUID organisation = organisation(founder);
        Refusal.by(
                "23514",
                "organisations_has_1_to_50_managers_check",
                () -> remove(founder, organisation, membership(organisation, founder)));
        assertThat(remove(academy.student(), organisation, membership(organisation, founder)))
                .isFalse();
    }

    @Test
    void managersWhoRemoveEachOtherLeaveOne() {
        UUID founder = academy.student();
        UUID organisation = organisation(founder);
        UUID[] managers = new UUID[20];
        managers[0] = founder;
        for (int i = 1; i < 20; i++) {
            managers[i] = colleague(founder, organisation, "rival" + i + "@example.org");
        }
        Race.Result race = Race.of(
                20,
                database.appUrl(),
                (sql, number) -> sql.transaction(one -> {
                    one.actAs(managers[number], "student");
                    UUID other = managers[(number + 1) % 20];
                    // nobody is listed for a manager who is removed already
                    return one.run(
                            "select sales.remove_manager(?, m.id) from sales.managers_of(?) m where m.email = ? or m.email is null and ?::boolean",
                            organisation,
                            organisation,
                            "rival" + (number + 1) % 20 + "@example.org",
                            other.equals(founder));
                }));
        assertThat(race.winners()).isPositive();
        assertThat(owner.number("select cardinality(manager_ids) from sales.organisations where id = ?", organisation))
                .isPositive()
                .isEqualTo(owner.number(
                        "select count(*) from sales.organisation_managers where organisation_id = ?", organisation));
    }

    @Test
    void twentyAreEnough() {
        UUID founder = academy.student();
        for (int round = 0; round < 10; round++) {
            Race.of(
                    5,
                    database.appUrl(),
                    (sql, number) -> sql.transaction(one -> {
                        one.actAs(founder, "student");
                        return one.one("select sales.found_organisation('Many')");
                    }));
        }
        while (owner.number("select count(*) from sales.organisations where creator_id = ?", founder) < 20) {
            organisation(founder);
        }
        Refusal.by("23514", "organisations_at_most_20_of_a_creator_check", () -> organisation(founder));
        assertThat(owner.number("select count(*) from sales.organisations where creator_id = ?", founder))
                .isEqualTo(20);
    }
}
