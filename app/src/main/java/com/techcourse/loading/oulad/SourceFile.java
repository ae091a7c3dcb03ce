package com.techcourse.loading.oulad;

import java.util.List;
import java.util.stream.Collectors;

/** The five files, in the order in which they are read; columns by name, so their order in the file is free. */
enum SourceFile {
    COURSES(
            "courses.csv",
            "oulad_courses",
            List.of(
                    new Column("code_module", Values.MODULE, "code_module"),
                    new Column("code_presentation", Values.PRESENTATION, "code_presentation"),
                    new Column("module_presentation_length", Values.LENGTH, "length"))),
    ASSESSMENTS(
            "assessments.csv",
            "oulad_assessments",
            List.of(
                    new Column("code_module", Values.MODULE, "code_module"),
                    new Column("code_presentation", Values.PRESENTATION, "code_presentation"),
                    new Column("id_assessment", Values.ID, "id_assessment"),
                    new Column("assessment_type", Values.ASSESSMENT_TYPE, "assessment_type"),
                    new Column("date", Values.DAY_IF_KNOWN, "due_day"),
                    new Column("weight", Values.WEIGHT, "weight"))),
    STUDENTS(
            "studentInfo.csv",
            "oulad_students",
            List.of(
                    new Column("code_module", Values.MODULE, "code_module"),
                    new Column("code_presentation", Values.PRESENTATION, "code_presentation"),
                    new Column("id_student", Values.ID, "id_student"),
                    Column.unused("gender"),
                    Column.unused("region"),
                    Column.unused("highest_education"),
                    Column.unused("imd_band"),
                    Column.unused("age_band"),
                    Column.unused("num_of_prev_attempts"),
                    Column.unused("studied_credits"),
                    Column.unused("disability"),
                    new Column("final_result", Values.RESULT, "final_result"))),
    REGISTRATIONS(
            "studentRegistration.csv",
            "oulad_registrations",
            List.of(
                    new Column("code_module", Values.MODULE, "code_module"),
                    new Column("code_presentation", Values.PRESENTATION, "code_presentation"),
                    new Column("id_student", Values.ID, "id_student"),
                    new Column("date_registration", Values.DAY_IF_KNOWN, "registered"),
                    new Column("date_unregistration", Values.DAY_IF_KNOWN, "unregistered"))),
    SUBMISSIONS(
            "studentAssessment.csv",
            "oulad_submissions",
            List.of(
                    new Column("id_assessment", Values.ID, "id_assessment"),
                    new Column("id_student", Values.ID, "id_student"),
                    new Column("date_submitted", Values.DAY, "day"),
                    new Column("is_banked", Values.FLAG, "banked"),
                    new Column("score", Values.SCORE_IF_KNOWN, "score")));

    private final String fileName;
    private final String staging;
    private final List<Column> columns;

    SourceFile(String fileName, String staging, List<Column> columns) {
        this.fileName = fileName;
        this.staging = staging;
        this.columns = columns;
    }

    String fileName() {
        return fileName;
    }

    List<Column> columns() {
        return columns;
    }

    List<String> columnNames() {
        return columns.stream().map(Column::name).toList();
    }

    /** The line of each row comes first. */
    String copyStatement() {
        return columns.stream()
                .filter(column -> column.values().isStaged())
                .map(Column::stagedAs)
                .collect(Collectors.joining(", ", "copy pg_temp." + staging + " (line, ", ") from stdin"));
    }

    record Column(String name, Values values, String stagedAs) {
        static Column unused(String name) {
            return new Column(name, Values.TEXT, "");
        }
    }
}
