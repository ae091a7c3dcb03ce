package com.techcourse.platform.cli;

import com.techcourse.platform.CommandProblem;
import com.techcourse.platform.postgres.DatabaseProblem;
import java.sql.SQLException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** A problem that a person can put right is two sentences on standard error; anything else keeps its stack trace. */
public final class CommandLineErrors implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult arguments) {
        String sentences = sentences(failure);
        if (sentences == null) {
            failure.printStackTrace(command.getErr());
        } else {
            command.getErr().println(sentences);
        }
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    private static @Nullable String sentences(Throwable failure) {
        return switch (failure) {
            case DatabaseProblem problem -> problem.sentences();
            case CommandProblem problem -> problem.sentences();
            case CompletionException wrapped when wrapped.getCause() != null -> sentences(wrapped.getCause());
            default -> lost(failure);
        };
    }

    /** The database went away, or has no space, in the middle of a command. */
    private static @Nullable String lost(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException answer && answer.getSQLState() != null) {
                return lost(answer.getSQLState());
            }
        }
        return null;
    }

    private static @Nullable String lost(String state) {
        if (state.startsWith("08") || state.startsWith("57P0")) {
            return """
                    The database went away in the middle of the command; what was under way is undone.
                    Run the command again.""";
        }
        return state.equals("53100") ? """
                        The disk of the database is full; what was under way is undone, nothing that was reported as done is lost.
                        Free some space and run the command again.""" : null;
    }
}
