package com.techcourse.platform;

/**
 * How far the primary had written when it was asked: whatever was acknowledged before is part of it.
 *
 * @param lsn a position in the WAL
 * @param server which server said so: when it was started, to the microsecond
 */
record Moment(String lsn, String server) {

    /** Before everything: any standby has reached it. */
    static final Moment ANY = new Moment("0/0", "");
}
