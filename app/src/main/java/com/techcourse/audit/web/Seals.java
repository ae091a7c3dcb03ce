package com.techcourse.audit.web;

import static com.techcourse.jooq.audit.Tables.SEALS;
import static com.techcourse.jooq.audit.Tables.VERIFY;

import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The chain of seals over the change log: how far it reaches, and whether it holds. */
@Component
class Seals {

    private static final int COUNTED_UP_TO = 1000;

    Status status(DSLContext database) {
        Status none = new Status(0, null, "", waiting(database));
        return database.select(SEALS.SEAL_NO, SEALS.SEALED_AT, SEALS.SEAL_HASH)
                .from(SEALS)
                .orderBy(SEALS.SEAL_NO.desc())
                .limit(1)
                .fetchOptional(row -> new Status(
                        row.value1(), row.value2(), HexFormat.of().formatHex(row.value3(), 0, 6), none.waiting()))
                .orElse(none);
    }

    /** Rows that no seal covers yet, counted only so far. */
    private static int waiting(DSLContext database) {
        return database.fetchSingle("""
                        select count(*)::integer from (
                          select from audit.change_log l
                           where l.origin = audit.origin()
                             and l.transaction_id >= coalesce((select s.to_transaction from audit.seals s
                                   where s.origin = audit.origin() order by s.seal_no desc limit 1), '0'::xid8)
                           limit ?) unsealed
                        """, COUNTED_UP_TO).into(int.class);
    }

    /** Reads the whole log; nothing found means that nobody rewrote it. */
    List<Fault> verify(DSLContext database) {
        database.execute("set local statement_timeout = '30s'");
        return database.selectFrom(VERIFY.call()).fetch(row -> new Fault(row.getSealNo(), row.getFault()));
    }

    /**
     * @param count of seals
     * @param sealedAt of the last one
     * @param hash of the last one, its beginning
     * @param waiting rows for the next one
     */
    record Status(long count, @Nullable OffsetDateTime sealedAt, String hash, int waiting) {

        public boolean isCountedOut() {
            return waiting == COUNTED_UP_TO;
        }
    }

    record Fault(@Nullable Long seal, String fault) {}
}
