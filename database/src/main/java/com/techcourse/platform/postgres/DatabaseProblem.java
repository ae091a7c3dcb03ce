package com.techcourse.platform.postgres;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Something about the database that a person can put right. The message is one sentence that names the thing and its
 * value; the way out says the next step. Commands print both and end with exit code 1, without a stack trace.
 */
public final class DatabaseProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String wayOut;

    public DatabaseProblem(String sentence, String wayOut) {
        this(sentence, wayOut, null);
    }

    public DatabaseProblem(String sentence, String wayOut, @Nullable Throwable cause) {
        super(sentence, cause);
        this.wayOut = wayOut;
    }

    /** What a server answered, said for a person; anything unexpected keeps the server's own words. */
    public static DatabaseProblem of(DatabaseUrl url, SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        String server = url.host() + " port " + url.port();
        return switch (state) {
            case "28P01", "28000" ->
                new DatabaseProblem(
                        "The server at " + server + " refuses the user \"" + url.user() + "\" with the password given.",
                        "Correct user and password in TECHCOURSE_DATABASE_URL (a % in a password is written %25, an @ is %40).",
                        failure);
            case "3D000" ->
                new DatabaseProblem(
                        "The server at " + server + " has no database \"" + url.database() + "\".",
                        "Create it: create database \"" + url.database() + "\" owner \"" + url.user() + "\";",
                        failure);
            case "08001", "08004", "08006" ->
                new DatabaseProblem(
                        "No PostgreSQL answers at " + server + ".",
                        "Start the server, or correct host and port in TECHCOURSE_DATABASE_URL.",
                        failure);
            case "53300" ->
                new DatabaseProblem(
                        "The server at " + server + " has no connection left for \"" + url.user() + "\".",
                        "Close other programs, or raise max_connections.",
                        failure);
            case "57P03" ->
                new DatabaseProblem(
                        "The server at " + server + " is starting or stopping.", "Try again in a moment.", failure);
            case "55P03" ->
                new DatabaseProblem(
                        "Another session at " + server + " has locked a table for too long.",
                        "End the long transaction (./techcourse doctor names it) and try again.",
                        failure);
            case "53100" ->
                new DatabaseProblem(
                        "The disk of the database at " + server + " is full.",
                        "Free some space and try again; what was reported as done is safe, what was under way is undone.",
                        failure);
            case "25006" ->
                new DatabaseProblem(
                        "The server at " + server + " is a read-only replica.",
                        "Name the primary in TECHCOURSE_DATABASE_URL.",
                        failure);
            case "42501" ->
                new DatabaseProblem(
                        "The user \"" + url.user() + "\" lacks a privilege: " + failure.getMessage(),
                        "TECHCOURSE_DATABASE_URL must name the owner of the database, with CREATEROLE; it need not be a superuser.",
                        failure);
            default ->
                new DatabaseProblem(
                        "The database " + url + " answered: " + failure.getMessage(),
                        "SQLSTATE " + state + ".",
                        failure);
        };
    }

    public String wayOut() {
        return wayOut;
    }

    /** Both sentences, as they are shown. */
    public String sentences() {
        return getMessage() + System.lineSeparator() + wayOut;
    }
}
