package com.techcourse.sales.gateways;

/** What became of money that a gateway was to give back. */
sealed interface GivenBack {

    record Done(String reference) implements GivenBack {}

    /** On its way; to be looked at again. */
    record Underway(String reference) implements GivenBack {}

    /**
     * Not given back.
     *
     * @param reason a word for programs
     */
    record Refused(String reason) implements GivenBack {}
}
