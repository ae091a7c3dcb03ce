package com.techcourse.loading.oulad;

/** One thing worth saying about a row, found while reading; line 0 speaks of the whole file. */
record Finding(String kind, SourceFile file, long line, String column, String value, String reason) {

    /** A file that is not there or has another shape can not be taken over in part either. */
    static Finding ofFile(String kind, SourceFile file, String column, String reason) {
        return new Finding(kind, file, column.isEmpty() ? 0 : 1, column, "", reason);
    }
}
