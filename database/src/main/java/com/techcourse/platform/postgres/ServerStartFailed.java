package com.techcourse.platform.postgres;

/** A program of PostgreSQL ended instead of doing its work. */
final class ServerStartFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String output;

    ServerStartFailed(String output) {
        super(output);
        this.output = output;
    }

    /** What it printed. */
    String output() {
        return output;
    }

    boolean addressInUse() {
        return output.contains("Address already in use");
    }
}
