/**
 * Question banks as files: GIFT, Moodle XML and QTI 2.1. Between a reader, a writer and the bank a question is the
 * document that the bank keeps; what a file says besides is reported.
 */
@NullMarked
package com.techcourse.catalog.exchange;

import org.jspecify.annotations.NullMarked;
