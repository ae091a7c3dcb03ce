package com.techcourse.platform;

/**
 * Something that the person who runs a command can put right: a sentence that names the thing and its value, and the
 * next step. Exit code 1, without a stack trace.
 */
public final class CommandProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String sentence;
    private final String wayOut;

    public CommandProblem(String sentence, String wayOut) {
        super(sentence);
        this.sentence = sentence;
        this.wayOut = wayOut;
    }

    public String sentences() {
        return sentence + System.lineSeparator() + wayOut;
    }
}
