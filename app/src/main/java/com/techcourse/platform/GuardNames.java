package com.techcourse.platform;

import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Finds the name, as we gave it, of the constraint or index that refused. A partition has indexes of its own
 * ({@code attempts_p202611_pkey}), a shard puts its number behind the name, and a sharded database names the
 * constraint in the message alone.
 */
final class GuardNames {

    private static final Pattern OF_PARTITION = Pattern.compile("(.+)_p\\d{6}_(.+)");
    private static final Pattern SHARD = Pattern.compile("_\\d{5,}(?=_|$)");
    private static final Pattern QUOTED = Pattern.compile("[\"“„»«]([a-z][a-z0-9_]+)[\"”“»«]");

    private final Invariants invariants;

    GuardNames(Invariants invariants) {
        this.invariants = invariants;
    }

    Optional<String> in(SQLException refusal) {
        ServerErrorMessage message = refusal instanceof PSQLException server ? server.getServerErrorMessage() : null;
        String named = message == null ? null : message.getConstraint();
        if (named != null) {
            return Optional.of(ours(named));
        }
        String text = message == null ? refusal.getMessage() : message.getMessage();
        return quoted(text == null ? "" : text)
                .map(this::ours)
                .filter(name -> invariants.byGuard(name).isPresent())
                .findFirst();
    }

    private static Stream<String> quoted(String text) {
        Matcher matcher = QUOTED.matcher(text);
        return matcher.results().map((MatchResult found) -> found.group(1));
    }

    /** The name of the parent's constraint, without the number of a shard. */
    String ours(String name) {
        if (invariants.byGuard(name).isPresent()) {
            return name;
        }
        String whole = SHARD.matcher(name).replaceAll("");
        Matcher partition = OF_PARTITION.matcher(whole);
        if (!partition.matches()) {
            return whole;
        }
        String table = partition.group(1);
        return partition.group(2).equals("pkey")
                ? invariants.primaryKeyOf(table).orElse(table + "_pkey")
                : table + "_" + partition.group(2);
    }
}
