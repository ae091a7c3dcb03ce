package com.techcourse.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The start of a process of TechCourse, as quick as the launcher's: from jars, with a cache of loaded classes (JEP 514)
 * that one start on a throw-away folder leaves behind. Made once for all tests of a run, when the first one needs it.
 */
final class QuickStart {

    private static final String MAIN = "com.techcourse.TechCourse";
    private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    private static final List<String> COMMAND = make();

    private QuickStart() {}

    /** Java, its options, and the class to start. */
    static List<String> command() {
        return COMMAND;
    }

    private static List<String> make() {
        try {
            Path folder = Files.createTempDirectory("techcourse-start");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> TemporaryFolders.delete(folder)));
            String jars = jars(folder.resolve("techcourse.jar"));
            Path cache = folder.resolve("techcourse.aot");
            rehearse(folder, java("-XX:AOTCacheOutput=" + cache, jars));
            return Files.exists(cache) ? java("-XX:AOTCache=" + cache, jars) : java("-Xshare:auto", jars);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<String> java(String option, String jars) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(List.of(option, "-cp", jars, MAIN));
        return List.copyOf(command);
    }

    private static void rehearse(Path folder, List<String> java) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of("up", "--empty", "--rehearse"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("rehearsal.log").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("TECHCOURSE_"));
        builder.environment()
                .putAll(Map.of("TECHCOURSE_DATA", folder.resolve("data").toString(), "TECHCOURSE_PORT", "0"));
        Process process = builder.start();
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
            process.destroyForcibly().waitFor();
        }
    }

    /** The class path of the tests, with its folders of classes as one jar and without the tests themselves. */
    private static String jars(Path jar) throws IOException {
        String tests = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> jars = new ArrayList<>(List.of(jar.toString()));
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            Set<String> known = new HashSet<>();
            for (String place : tests.split(File.pathSeparator)) {
                Path path = Path.of(place);
                if (!Files.isDirectory(path)) {
                    jars.add(place);
                } else if (!path.endsWith("test-classes")) {
                    add(out, path, known);
                }
            }
        }
        return String.join(File.pathSeparator, jars);
    }

    private static void add(JarOutputStream out, Path folder, Set<String> known) throws IOException {
        out.setLevel(0);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = folder.relativize(file).toString().replace(File.separatorChar, '/')
                        + (Files.isDirectory(file) ? "/" : "");
                if (known.add(name)) {
                    out.putNextEntry(new JarEntry(name));
                    if (!Files.isDirectory(file)) {
                        Files.copy(file, out);
                    }
                    out.closeEntry();
                }
            }
        }
    }
}
