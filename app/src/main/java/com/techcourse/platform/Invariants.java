package com.techcourse.platform;

import static java.util.Objects.requireNonNull;

import com.techcourse.platform.Invariant.Guard;
import com.techcourse.platform.Invariant.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The list of all invariants, {@code invariants.yaml}. */
final class Invariants {

    private final List<Invariant> all;
    private final Map<String, ProblemType> problems;
    private final Map<String, Invariant> byGuard;
    private final Map<String, Invariant> byOwnError;

    private Invariants(List<Invariant> all, Map<String, ProblemType> problems) {
        this.all = List.copyOf(all);
        this.problems = Map.copyOf(problems);
        this.byGuard = all.stream()
                .flatMap(invariant -> invariant.enforcedBy().stream()
                        .filter(Guard::isNamedInErrors)
                        .map(guard -> Map.entry(guard.simpleName(), invariant)))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue, (first, later) -> first));
        this.byOwnError = all.stream()
                .filter(Invariant::hasItsOwnError)
                .collect(Collectors.toUnmodifiableMap(
                        Invariant::sqlState, Function.identity(), (first, later) -> first));
    }

    static Invariants load() {
        try (InputStream file = requireNonNull(Invariants.class.getResourceAsStream("/invariants.yaml"))) {
            Map<String, Object> document = new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
            Map<String, ProblemType> problems = map(document.get("problems")).entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, entry -> problem(entry.getKey(), map(entry.getValue()))));
            return new Invariants(
                    list(document.get("invariants")).stream()
                            .map(entry -> invariant(map(entry), problems))
                            .toList(),
                    problems);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProblemType problem(String name, Map<String, Object> entry) {
        return new ProblemType(name, (Integer) value(entry, "status"), (String) value(entry, "title"));
    }

    private static Invariant invariant(Map<String, Object> entry, Map<String, ProblemType> problems) {
        String problem = (String) value(entry, "problem");
        return new Invariant(
                (String) value(entry, "id"),
                (String) value(entry, "rule"),
                list(value(entry, "enforced_by")).stream()
                        .map(guard -> Guard.parse((String) guard))
                        .toList(),
                value(entry, "sqlstate").toString(),
                requireNonNull(problems.get(problem), problem),
                (String) entry.get("field"),
                map(value(entry, "proof")).entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                proof -> list(proof.getValue()).stream()
                                        .map(Object::toString)
                                        .toList())));
    }

    private static Object value(Map<String, Object> entry, String name) {
        return requireNonNull(entry.get(name), () -> entry + " has no " + name);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@org.jspecify.annotations.Nullable Object value) {
        return (Map<String, Object>) requireNonNull(value);
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(@org.jspecify.annotations.Nullable Object value) {
        return (List<Object>) requireNonNull(value);
    }

    List<Invariant> all() {
        return all;
    }

    ProblemType problem(String name) {
        return requireNonNull(problems.get(name), name);
    }

    /** All types of problems, by name. */
    List<ProblemType> problems() {
        return problems.values().stream()
                .sorted(java.util.Comparator.comparing(ProblemType::name))
                .toList();
    }

    /** What is refused with this type. */
    List<String> rulesOf(ProblemType type) {
        return all.stream()
                .filter(invariant -> invariant.problem().equals(type))
                .map(Invariant::rule)
                .toList();
    }

    /** The rule that a constraint or unique index enforces, by its name without schema and table. */
    Optional<Invariant> byGuard(String name) {
        return Optional.ofNullable(byGuard.get(name));
    }

    /** The rule behind an SQLSTATE of our own, {@code TC...}. */
    Optional<Invariant> byOwnError(String sqlState) {
        return Optional.ofNullable(byOwnError.get(sqlState));
    }

    /**
     * The primary key of a partitioned table, as far as it is in the list. Where two rooms have a table of this name, it
     * is the one that is keyed by student first, as partitioned tables are.
     */
    Optional<String> primaryKeyOf(String table) {
        return named().filter(name -> name.startsWith(table + "_") && name.endsWith("_pkey"))
                .min(java.util.Comparator.comparing((String name) -> !name.startsWith(table + "_student_id_"))
                        .thenComparingInt(String::length));
    }

    private Stream<String> named() {
        return byGuard.keySet().stream();
    }
}
