package com.techcourse.loading.oulad;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A data set large enough that its import takes a while: every student takes every assessment of one course. */
record MadeSet(Path folder, int students, int assessments) {

    MadeSet write() throws IOException {
        Files.createDirectories(folder);
        lines("courses.csv", SourceFile.COURSES, Stream.of("AAA,2013J,268"));
        lines(
                "assessments.csv",
                SourceFile.ASSESSMENTS,
                IntStream.rangeClosed(1, assessments).mapToObj(a -> "AAA,2013J," + a + ",TMA," + 10 * a + ",10"));
        lines(
                "studentInfo.csv",
                SourceFile.STUDENTS,
                IntStream.rangeClosed(1, students).mapToObj(s -> "AAA,2013J," + s + ",F,Wales,A,?,0-35,0,60,N,Pass"));
        lines(
                "studentRegistration.csv",
                SourceFile.REGISTRATIONS,
                IntStream.rangeClosed(1, students).mapToObj(s -> "AAA,2013J," + s + ",-" + s % 100 + ",?"));
        lines(
                "studentAssessment.csv",
                SourceFile.SUBMISSIONS,
                IntStream.rangeClosed(1, students)
                        .boxed()
                        .flatMap(s -> IntStream.rangeClosed(1, assessments)
                                .mapToObj(a -> a + "," + s + "," + (10 * a - s % 7) + ",0," + s % 101)));
        return this;
    }

    private void lines(String name, SourceFile file, Stream<String> rows) throws IOException {
        List<String> header = List.of(String.join(",", file.columnNames()));
        Files.write(folder.resolve(name), Stream.concat(header.stream(), rows).toList());
    }
}
