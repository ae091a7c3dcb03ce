package com.techcourse.platform;

/** Who is behind a request, as far as the technical room needs to know. */
public interface ActingPerson {

    Acting acting();

    /** Whether a program that shows a token may use a scope; a person at a browser may use all. */
    boolean mayUse(String scope);
}
