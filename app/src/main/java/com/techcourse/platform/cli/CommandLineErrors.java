package com.techcourse.platform.cli;

import com.techcourse.platform.postgres.DatabaseProblem;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** A problem that a person can put right is two sentences on standard error; anything else keeps its stack trace. */
public final class CommandLineErrors implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult arguments) {
        if (failure instanceof DatabaseProblem problem) {
            command.getErr().println(problem.sentences());
        } else {
            failure.printStackTrace(command.getErr());
        }
        return command.getCommandSpec().exitCodeOnExecutionException();
    }
}
