package com.techcourse.platform.doctor;

/** How a check came out: all is well; worth a look; something must be done. */
public enum Verdict {
    OK,
    NOTE,
    PROBLEM
}
