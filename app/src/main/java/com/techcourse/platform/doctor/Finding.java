package com.techcourse.platform.doctor;

/**
 * The answer of one check.
 *
 * @param remedy the way out; empty when all is well
 */
public record Finding(String check, Verdict verdict, String finding, String remedy) {}
