package com.techcourse.catalog.web;

import static com.techcourse.jooq.catalog.Tables.BANK_QUESTIONS;

import java.util.Locale;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** What is looked for in a question bank; null asks for nothing. */
record BankSearch(
        @Nullable String tag,
        @Nullable String type,
        @Nullable String text,
        boolean archived) {

    Condition condition() {
        Condition condition = archived ? BANK_QUESTIONS.ARCHIVED_AT.isNotNull() : BANK_QUESTIONS.ARCHIVED_AT.isNull();
        // an admin, too, looks into the own bank
        condition = condition.and(
                "{0} = nullif(current_setting('app.user_id', true), '')::uuid", BANK_QUESTIONS.INSTRUCTOR_ID);
        if (tag != null) {
            condition = condition.and("{0} = any ({1})", DSL.val(tag), BANK_QUESTIONS.TAGS);
        }
        if (type != null) {
            condition = condition.and("{0} ->> 'type' = {1}", BANK_QUESTIONS.QUESTION, DSL.val(type));
        }
        if (text != null) {
            condition = condition.and(
                    "strpos(lower({0} ->> 'text'), {1}) > 0",
                    BANK_QUESTIONS.QUESTION, DSL.val(text.toLowerCase(Locale.ROOT)));
        }
        return condition;
    }
}
