package com.techcourse.platform;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where a refusal of the database becomes an answer: by the rule that was broken, else by its SQLSTATE.
 * The DETAIL of an error holds values of rows, so it is logged at most and never part of an answer, but for the faults
 * of a document, see {@link DocumentFaults}.
 */
public final class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private final Invariants invariants;
    private final GuardNames names;

    private Problems(Invariants invariants) {
        this.invariants = invariants;
        this.names = new GuardNames(invariants);
    }

    public static Problems load() {
        return new Problems(Invariants.load());
    }

    /** What to tell the caller; never fails, and logs what nobody foresaw. */
    public Problem of(SQLException refusal) {
        String state = Optional.ofNullable(refusal.getSQLState()).orElse("");
        Optional<String> name = names.in(refusal);
        Optional<Invariant> rule = state.startsWith("TC")
                ? invariants.byOwnError(state)
                : name.flatMap(invariants::byGuard).filter(invariant -> isBreach(state));
        return rule.map(broken -> broken.says(sentence(broken, refusal)).with(DocumentFaults.of(refusal)))
                .or(() -> byState(state, name, refusal))
                .orElseGet(() -> unforeseen(refusal));
    }

    /** The first {@link SQLException} among an exception's causes, such as jOOQ's or Spring's. */
    public Optional<Problem> of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutcomeUnknown) {
                return Optional.of(answer(
                        "outcome-unknown",
                        "The database was lost at the very end: look whether it was done before you do it again.",
                        null));
            }
            if (cause instanceof SQLException refusal) {
                return Optional.of(of(refusal));
            }
        }
        return Optional.empty();
    }

    /** What the application says itself: a type of {@code invariants.yaml}, whose title is the sentence when none is given. */
    public Problem named(String type, @Nullable String sentence, @Nullable String field) {
        String title = invariants.problem(type).title();
        return answer(type, sentence == null ? title + "." : sentence, field);
    }

    /** Every type, by its name. */
    public List<Problem.Type> types() {
        return invariants.problems().stream()
                .map(type -> new Problem.Type(
                        "/problems/" + type.name(), type.status(), type.title(), invariants.rulesOf(type)))
                .toList();
    }

    private static boolean isBreach(String state) {
        return state.startsWith("23");
    }

    private static String sentence(Invariant broken, SQLException refusal) {
        ServerErrorMessage message = serverMessage(refusal);
        String own = message == null ? null : message.getMessage();
        return broken.hasItsOwnError() && own != null ? own : broken.rule();
    }

    private Optional<Problem> byState(String state, Optional<String> name, SQLException refusal) {
        return switch (state) {
            case "23505", "23P01" -> Optional.of(answer("already-there", "This is there already" + by(name), null));
            case "23503", "23001" ->
                Optional.of(answer("conflict", "This does not fit what is there, or is still needed" + by(name), null));
            // "no partition found for row" has no constraint: an alarm for the operator, not a user's mistake
            case "23514" -> name.map(check -> answer("invalid-value", "A value breaks a rule" + by(name), null));
            case "23502" -> Optional.of(answer("invalid-value", "A value is missing.", column(refusal)));
            case "42501" -> Optional.of(answer("forbidden", "You may not do this.", null));
            // a standby: the node that led has handed over
            case "25006", "40001", "40P01", "55P03", "57014", "53300", "57P01", "57P02", "57P03" ->
                Optional.of(answer(
                        "try-again", "Others were faster or the database is busy; try again in a moment.", null));
            // data exceptions: too long, out of range, not well formed, a character that no text may hold
            case String data
            when data.startsWith("22") ->
                Optional.of(
                        answer("invalid-value", "A value is too long, too large or not well formed.", column(refusal)));
            default ->
                // the latter: no connection of the pool came free in time
                state.startsWith("08") || refusal instanceof SQLTransientException
                        ? Optional.of(
                                answer("try-again", "The database cannot be reached; try again in a moment.", null))
                        : Optional.empty();
        };
    }

    private static String by(Optional<String> name) {
        return name.map(rule -> " (" + rule + ").").orElse(".");
    }

    private Problem unforeseen(SQLException refusal) {
        LOG.error("The database failed in a way that nobody foresaw, SQLSTATE {}", refusal.getSQLState(), refusal);
        return answer("internal", "The academy could not do this; it was written to the log.", null);
    }

    private Problem answer(String problem, String sentence, @Nullable String field) {
        Invariant.ProblemType type = invariants.problem(problem);
        return new Problem("/problems/" + type.name(), type.status(), type.title(), sentence, field);
    }

    private static @Nullable String column(SQLException refusal) {
        ServerErrorMessage message = serverMessage(refusal);
        return message == null ? null : message.getColumn();
    }

    private static @Nullable ServerErrorMessage serverMessage(SQLException refusal) {
        return refusal instanceof PSQLException server ? server.getServerErrorMessage() : null;
    }
}
