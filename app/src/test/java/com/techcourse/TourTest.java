package com.techcourse;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.loading.SampleAcademy;
import com.techcourse.platform.OutputFormat;
import com.techcourse.platform.Progress;
import com.techcourse.platform.Tables;
import com.techcourse.platform.postgres.DatabaseUrl;
import com.techcourse.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Executes {@code docs/tour.md} on the sample academy of a fixed day: every {@code sql} block, as the actor that its
 * fence names, each in a transaction that is rolled back; the {@code text} block after it must be what comes out.
 * {@code -Dtechcourse.rewrite=true} writes what comes out into the document. Plans are compared on PostgreSQL 18 only.
 */
class TourTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "tour.md");
    private static final LocalDate LAST_DAY = LocalDate.of(2026, 11, 21);
    private static final Pattern BLOCK = Pattern.compile(
            "```sql (?<actor>[a-z:.@-]+)(?<plan> plan)?\n(?<sql>.*?)```\n+```text\n(?<output>.*?)```", Pattern.DOTALL);

    @Test
    void everyBlockOfTheTourAnswersAsItSays() throws IOException, SQLException {
        String document = Files.readString(DOCUMENT);
        try (TestDatabase database = TestDatabase.create();
                Progress progress = new Progress(System.err, false)) {
            new SampleAcademy().load(database.database(), Optional.of(LAST_DAY), Optional.empty(), progress);
            try (Connection superuser = database.superuserUrl().connect()) {
                DSL.using(superuser, SQLDialect.POSTGRES).execute("vacuum analyze");
            }
            String played =
                    BLOCK.matcher(document).replaceAll(block -> Matcher.quoteReplacement(played(database, block)));
            if (Boolean.getBoolean("techcourse.rewrite")) {
                Files.writeString(DOCUMENT, played);
            } else {
                assertThat(played).isEqualTo(document);
            }
        }
    }

    private static String played(TestDatabase database, MatchResult block) {
        boolean compared = block.group("plan") == null || TestDatabase.major() == 18;
        String output = output(database, block.group("actor"), block.group("sql"));
        String shown = compared ? output.replaceAll("_p\\d{6}\\b", "_p<month>") : block.group("output");
        return block.group().replace("```text\n" + block.group("output") + "```", "```text\n" + shown + "```");
    }

    private static String output(TestDatabase database, String actor, String sql) {
        try (Connection connection = login(database, actor).connect()) {
            connection.setAutoCommit(false);
            DSLContext session = DSL.using(connection, SQLDialect.POSTGRES);
            session.execute("set local timezone = 'UTC'");
            try {
                actAs(database, actor, session);
                return lastResult(session, sql);
            } catch (DataAccessException e) {
                return refusal(e);
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static DatabaseUrl login(TestDatabase database, String actor) {
        return switch (actor) {
            case "superuser" -> database.superuserUrl();
            case "owner", "loader" -> database.ownerUrl();
            default -> database.appUrl();
        };
    }

    /** {@code instructor:somebody@academy.example}, a persona, visitor, or one of the logins. */
    private static void actAs(TestDatabase database, String actor, DSLContext session) {
        String[] roleAndEmail = actor.split(":");
        switch (roleAndEmail[0]) {
            case "superuser", "owner", "nobody" -> {}
            case "loader" -> session.execute("set local role techcourse_loader");
            default ->
                session.execute(
                        "select platform.act_as({0}, {1})",
                        DSL.val(roleAndEmail.length == 1 ? null : idOf(database, roleAndEmail[1]), UUID.class),
                        DSL.val(roleAndEmail[0]));
        }
    }

    private static UUID idOf(TestDatabase database, String email) {
        return database.owner()
                .fetchSingle("select id from identity.users where email::text = ?", email)
                .get(0, UUID.class);
    }

    private static String lastResult(DSLContext session, String sql) {
        Result<Record> last = session.newResult();
        for (String statement : sql.strip().replaceAll("(?m)^--.*\n", "").split(";\\s*(\n|$)")) {
            last = session.fetch(statement);
        }
        if (List.of("QUERY PLAN")
                .equals(Arrays.stream(last.fields()).map(Field::getName).toList())) {
            return String.join("\n", last.getValues(0, String.class)) + "\n";
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Tables.print(last, OutputFormat.TABLE, new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    /** SQLSTATE and name of the rule, then the sentence. */
    private static String refusal(DataAccessException refused) {
        PSQLException cause = refused.getCause(PSQLException.class);
        ServerErrorMessage message = cause == null ? null : cause.getServerErrorMessage();
        if (message == null) {
            throw refused;
        }
        // since PostgreSQL 18 a RESTRICT says so: 23001 instead of 23503
        String state = String.valueOf(message.getSQLState()).replace("23001", "23503");
        String rule = message.getConstraint() == null ? "" : " " + message.getConstraint();
        String sentence = String.valueOf(message.getMessage())
                .replace("violates RESTRICT setting of foreign", "violates foreign");
        return "refused: %s%s%n%s%n".formatted(state, rule, sentence);
    }
}
