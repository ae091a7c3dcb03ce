package com.techcourse.platform.postgres;

/** A program of PostgreSQL ended instead of doing its work; the message is what it printed. */
final class ServerStartFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String output;

    ServerStartFailed(String output) {
        super(output);
        this.output = output;
    }

    String output() {
        return output;
    }

    boolean addressInUse() {
        return output.contains("Address already in use");
    }

    boolean diskFull() {
        return output.contains("No space left on device") || output.contains("Disk quota exceeded");
    }
}
