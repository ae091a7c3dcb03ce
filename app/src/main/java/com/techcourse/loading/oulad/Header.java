package com.techcourse.loading.oulad;

import com.techcourse.loading.oulad.SourceFile.Column;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.ArrayList;
import java.util.List;

/** The first line of a file: where each column stands. */
record Header(int width, int[] positions) {

    static Header of(CsvRecord record, SourceFile file) {
        List<String> names = record.getFields().stream().map(String::strip).toList();
        int[] positions = file.columns().stream()
                .mapToInt(column -> names.indexOf(column.name()))
                .toArray();
        return new Header(names.size(), positions);
    }

    /** A missing column, with the ones that nobody asked for: one of them may be it, renamed. */
    static List<Finding> faults(CsvRecord record, SourceFile file) {
        List<String> names = record.getFields().stream().map(String::strip).toList();
        List<String> strangers = new ArrayList<>(names);
        strangers.removeAll(file.columnNames());
        String hint = strangers.isEmpty() ? "" : " The file has " + quoted(strangers) + " instead; was it renamed?";
        List<Finding> faults = new ArrayList<>();
        for (Column column : file.columns()) {
            if (!names.contains(column.name())) {
                faults.add(
                        Finding.ofFile("missing column", file, column.name(), "The first line must name it." + hint));
            } else if (names.indexOf(column.name()) != names.lastIndexOf(column.name())) {
                faults.add(Finding.ofFile("column twice", file, column.name(), "The first line names it twice."));
            }
        }
        return faults;
    }

    private static String quoted(List<String> names) {
        return "\"" + String.join("\", \"", names) + "\"";
    }
}
