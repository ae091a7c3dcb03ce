package com.techcourse;

import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rooms of the house and the doors between them. Each test names all violations at once. */
class ModulesTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("com/techcourse/jooq"))
            .importPackages("com.techcourse");

    /** Which rooms each room may use; {@code platform} is open to all and uses none. */
    private static final Map<String, List<String>> MAY_USE = Map.of(
            "platform", List.of(),
            "identity", List.of(),
            "catalog", List.of("identity"),
            "learning", List.of("identity", "catalog"),
            "sales", List.of("identity", "catalog", "learning"),
            "audit", List.of("identity"),
            "reporting", List.of("identity"),
            "analytics", List.of("identity"),
            "loading", List.of());

    private static final Set<String> LENT = Set.of(
            "com.techcourse.platform.postgres",
            "com.techcourse.platform.migration",
            "com.techcourse.platform.api",
            "com.techcourse.platform.jobs",
            "com.techcourse.platform.mail",
            "com.techcourse.platform.paper",
            "com.techcourse.platform.secrets",
            "com.techcourse.platform.storage");

    static Stream<String> rooms() {
        return MAY_USE.keySet().stream().sorted();
    }

    @Test
    void thereAreNoOtherRooms() {
        assertThat(CLASSES.stream()
                        .map(ModulesTest::room)
                        .filter(room -> !room.isEmpty())
                        .distinct())
                .isSubsetOf(MAY_USE.keySet());
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomUsesOnlyWhatItMay(String room) {
        noClasses()
                .that(are("in " + room, found -> room(found).equals(room)))
                .should()
                .dependOnClassesThat(are(
                        "in a room closed to " + room,
                        found -> !List.of("", room, "platform").contains(room(found))
                                && !MAY_USE.getOrDefault(room, List.of()).contains(room(found))))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    /** The root of a room is its door; what lies deeper is its own. {@code platform} lends some of its packages as well. */
    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomIsEnteredByItsDoor(String room) {
        noClasses()
                .that(are("in another room", found -> !List.of("", room).contains(room(found))))
                .should()
                .dependOnClassesThat(are(
                        "inside " + room,
                        found -> room(found).equals(room)
                                && !found.getPackageName().equals("com.techcourse." + room)
                                && !LENT.contains(found.getPackageName())))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    /** Only records that templates read are public: the expression language reads nothing else. */
    @Test
    void pagesArePackagePrivate() {
        classes()
                .that()
                .resideInAPackage("com.techcourse.*.web")
                .and()
                .resideOutsideOfPackage("com.techcourse.platform.web")
                .and(are("no records", found -> !found.isRecord() && !found.isInterface()))
                .should()
                .notHaveModifier(PUBLIC)
                .check(CLASSES);
    }

    @Test
    void everyPackageIsDescribedAndNullMarked() {
        var unmarked = CLASSES.stream()
                .map(JavaClass::getPackage)
                .filter(found -> !found.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(unmarked).isEmpty();
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .should()
                .haveNameMatching(".*(Manager|Helper|Util|Utils|Impl|Dto)")
                .check(CLASSES);
    }

    private static String room(JavaClass found) {
        String name = found.getPackageName();
        // names generated from the schema are open to all
        boolean inRoom = name.startsWith("com.techcourse.") && !name.startsWith("com.techcourse.jooq");
        return inRoom ? name.substring("com.techcourse.".length()).split("\\.", 2)[0] : "";
    }

    private static DescribedPredicate<JavaClass> are(String description, java.util.function.Predicate<JavaClass> test) {
        return DescribedPredicate.describe(description, test);
    }
}
