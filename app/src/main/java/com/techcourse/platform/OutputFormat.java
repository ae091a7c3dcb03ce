package com.techcourse.platform;

/** How a command prints rows: for people, for spreadsheets, for programs. */
public enum OutputFormat {
    TABLE,
    CSV,
    JSON
}
