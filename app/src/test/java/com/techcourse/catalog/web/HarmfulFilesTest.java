package com.techcourse.catalog.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of questions that are built to harm are refused, and write nothing. */
class HarmfulFilesTest {

    private static final String MANIFEST = """
            <manifest><resources><resource type="imsqti_item_xmlv2p1" href="%s"/></resources></manifest>""";
    private static final String ITEM = """
            <assessmentItem title="Fine"><responseDeclaration identifier="R" cardinality="single" baseType="%1$s">
            <correctResponse><value>%2$s</value></correctResponse></responseDeclaration>
            <outcomeDeclaration identifier="MAXSCORE"><defaultValue><value>%3$s</value></defaultValue></outcomeDeclaration>
            <itemBody><p>How many?</p><p><textEntryInteraction responseIdentifier="R"/></p></itemBody></assessmentItem>""";

    private static ApiAcademy academy;

    @BeforeAll
    static void open() {
        academy = ApiAcademy.start();
    }

    @AfterAll
    static void close() {
        academy.close();
    }

    @AfterEach
    void nothingWasWritten() {
        assertThat(academy.owner().fetchValue("select count(*) from catalog.bank_questions"))
                .isEqualTo(0L);
    }

    private static Answer imported(String format, byte[] file) {
        return academy.as("instructor")
                .send("POST", "/studio/question-bank/imports?format=" + format, file, "application/octet-stream");
    }

    static Stream<Arguments> packages() {
        String fine = ITEM.formatted("integer", "7", "1");
        return Stream.of(
                Arguments.of("a bomb", zip(Map.of("item.xml", new byte[40 << 20]), "item.xml")),
                Arguments.of("many small bombs", zip(bombs(), "item1.xml")),
                Arguments.of("too many files", zip(crowd(), "item1.xml")),
                Arguments.of("a way out", zip(Map.of("../../item.xml", bytes(fine)), "../../item.xml")),
                Arguments.of("a way out for others", zip(Map.of("..\\item.xml", bytes(fine)), "item.xml")),
                Arguments.of("from the root", zip(Map.of("/etc/item.xml", bytes(fine)), "/etc/item.xml")),
                Arguments.of("of a drive", zip(Map.of("C:\\item.xml", bytes(fine)), "item.xml")),
                Arguments.of("cut off", cut(zip(Map.of("item.xml", bytes(fine)), "item.xml"))),
                Arguments.of("no manifest", zip(Map.of("item.xml", bytes(fine)), "")),
                Arguments.of(
                        "entities in the manifest",
                        zip(
                                Map.of(
                                        "imsmanifest.xml",
                                        bytes(
                                                "<!DOCTYPE m [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><manifest>&x;</manifest>")),
                                "")),
                Arguments.of(
                        "entities in an item", zip(Map.of("item.xml", bytes(laughs("assessmentItem"))), "item.xml")),
                Arguments.of("an empty manifest", zip(Map.of("imsmanifest.xml", bytes("<manifest/>")), "")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("packages")
    void aPackageIsRefusedAsAWhole(String name, byte[] file) {
        Answer answer = imported("qti", file);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
        assertThat(answer.problem()).isEqualTo("unreadable-file");
        assertThat(answer.body()).doesNotContain("root:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"moodle-xml", "qti"})
    void entitiesAreNeitherFetchedNorMultiplied(String format) {
        String root = format.equals("qti") ? "assessmentItem" : "quiz";
        assertThat(imported(format, bytes(laughs(root))).problem()).isEqualTo("unreadable-file");
        Answer outside = imported(
                format, bytes("<!DOCTYPE %1$s SYSTEM \"http://127.0.0.1:1/x.dtd\"><%1$s>&x;</%1$s>".formatted(root)));
        assertThat(outside.problem()).isEqualTo("unreadable-file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "9e98", "999999999999999999999999999999999999999999999999", "-1e99", "NaN"})
    void hugeNumbersAreNoPoints(String number) {
        Answer points = imported("moodle-xml", bytes("""
                <quiz><question type="numerical"><name><text>n</text></name><questiontext><text>How many?</text></questiontext>
                <defaultgrade>%1$s</defaultgrade><answer fraction="%1$s"><text>%1$s</text><tolerance>%1$s</tolerance></answer>
                </question></quiz>""".formatted(number)));
        assertThat(points.json().path("dropped").asInt()).as(points.toString()).isOne();
        Answer deep = imported("qti", bytes("<a>".repeat(50_000)));
        assertThat(deep.json().path("taken").asInt()).isZero();
    }

    @Test
    void aHugeFileIsNotRead() {
        assertThat(imported("gift", new byte[(8 << 20) + 1]).problem()).isEqualTo("too-large");
    }

    private static String laughs(String root) {
        StringBuilder entities = new StringBuilder("<!ENTITY l0 \"ha\">");
        for (int n = 1; n < 12; n++) {
            entities.append(
                    "<!ENTITY l%d \"%s\">".formatted(n, "&l%d;".formatted(n - 1).repeat(10)));
        }
        return "<!DOCTYPE %1$s [%2$s]><%1$s>&l11;</%1$s>".formatted(root, entities);
    }

    private static Map<String, byte[]> bombs() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        IntStream.range(0, 40).forEach(n -> files.put("item" + n + ".xml", new byte[1 << 20]));
        return files;
    }

    private static Map<String, byte[]> crowd() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        IntStream.range(0, 2001).forEach(n -> files.put("item" + n + ".xml", new byte[0]));
        return files;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] cut(byte[] file) {
        return java.util.Arrays.copyOf(file, file.length / 3);
    }

    /** @param href what the manifest names; empty for no manifest but those among the files */
    private static byte[] zip(Map<String, byte[]> files, String href) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
            if (!href.isEmpty()) {
                zip.putNextEntry(new ZipEntry("imsmanifest.xml"));
                zip.write(bytes(MANIFEST.formatted(href)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
