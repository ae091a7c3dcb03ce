package com.techcourse.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Race;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.Sql;
import com.techcourse.testing.WithAcademy;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nobody changes, removes or empties the log and its seals, neither the whole nor a partition. */
class AppendOnlyTest extends WithAcademy {

    private List<String> tables;

    @BeforeAll
    void rowsAndSeals() {
        academy.course("10.00");
        owner.run("select audit.seal()");
        String partition = owner.one("select tableoid::regclass::text from audit.change_log limit 1")
                .toString();
        tables = List.of("audit.change_log", partition, "audit.seals");
        assertThat(owner.number("select count(*) from audit.seals")).isPositive();
    }

    private static Stream<String> attacks(String table) {
        String column = table.equals("audit.seals") ? "seal_hash = rows_hash" : "changed_by = null";
        return Stream.of("update " + table + " set " + column, "delete from " + table, "truncate " + table);
    }

    private void everyAttackFails(Sql who, String sqlState) {
        tables.stream().flatMap(AppendOnlyTest::attacks).forEach(attack -> Refusal.by(sqlState, () -> who.run(attack)));
    }

    @Test
    void theOwnerChangesNothing() {
        // the owner is under row security too; as the recorder it sees all rows
        try (Sql superuser = Sql.connect(database.superuserUrl())) {
            everyAttackFails(superuser, "TC501");
        }
        Refusal.by("TC501", () -> owner.run("truncate audit.change_log"));
        owner.run("delete from audit.change_log where false");
        assertThat(Refusal.of(() -> owner.run("delete from audit.change_log")).sqlState())
                .isEqualTo("TC501");
    }

    @Test
    void aReplicaSessionOfASuperuserChangesNothing() {
        try (Sql superuser = Sql.connect(database.superuserUrl())) {
            superuser.run("set session_replication_role = replica");
            everyAttackFails(superuser, "TC501");
        }
    }

    @Test
    void noRoleReachesTheLog() {
        for (String role : List.of("techcourse_app", "accountant", "marketing", "auditor", "analyst")) {
            try (Sql login =
                    Sql.connect(role.equals("techcourse_app") ? database.appUrl() : database.personaUrl(role))) {
                login.run("set default_transaction_read_only = off");
                everyAttackFails(login, "42501");
            }
        }
        for (String role :
                List.of("techcourse_loader", "techcourse_reader", "techcourse_recorder", "techcourse_gatekeeper")) {
            owner.run("set role " + role);
            everyAttackFails(owner, "42501");
            owner.run("reset role");
        }
    }

    @Test
    void sealsNeedAFreshView() {
        Refusal.by(
                "TC502",
                () -> owner.transaction(sql -> {
                    sql.run("set transaction isolation level repeatable read");
                    return sql.run("select audit.seal()");
                }));
    }

    @Test
    void sealersAtOnceMakeOneChain() {
        for (int round = 0; round < 3; round++) {
            academy.course("10.00");
            Race.of(20, database.appUrl(), (sql, number) -> sql.run("select audit.seal()"));
        }
        assertThat(
                        owner.number(
                                "select count(*) from audit.seals s where seal_no > 1 and previous_hash <> (select p.seal_hash from audit.seals p where p.seal_no = s.seal_no - 1)"))
                .isZero();
        assertThat(owner.number("select max(seal_no) - count(*) from audit.seals"))
                .isZero();
        assertThat(owner.run("select * from audit.verify()")).isEmpty();
    }
}
