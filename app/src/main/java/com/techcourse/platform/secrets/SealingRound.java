package com.techcourse.platform.secrets;

import com.techcourse.platform.secrets.SealedSecrets.Purpose;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals some of what is not sealed under the current key: secrets of receivers from before they were sealed, and
 * everything after the operator changed the key. A box that another node replaced meanwhile is left alone.
 */
record SealingRound(SealedSecrets secrets) {

    private static final Logger LOG = LoggerFactory.getLogger(SealingRound.class);
    private static final int AT_ONCE = 500;

    /** How many were sealed. */
    int seal(DSLContext dsl) {
        return dsl
                .fetch(
                        "select purpose, owner, box, sealed from platform.secrets_to_seal(?, ?)",
                        secrets.mark(),
                        AT_ONCE)
                .map(Kept::of)
                .stream()
                .mapToInt(kept ->
                        again(kept).filter(box -> replace(dsl, kept, box)).isPresent() ? 1 : 0)
                .sum();
    }

    private Optional<byte[]> again(Kept kept) {
        Optional<byte[]> secret =
                kept.sealed() ? secrets.opened(kept.box(), kept.purpose(), kept.owner()) : Optional.of(kept.box());
        if (secret.isEmpty()) {
            LOG.error(
                    "A secret for {} of {} opens under no key of this installation; name the one that sealed it.",
                    kept.purpose(),
                    kept.owner());
        }
        return secret.map(plain -> secrets.sealed(plain, kept.purpose(), kept.owner()));
    }

    private static boolean replace(DSLContext dsl, Kept kept, byte[] box) {
        String purpose = kept.purpose().name().toLowerCase(Locale.ROOT);
        return Boolean.TRUE.equals(
                dsl.fetchValue("select platform.seal_secret(?, ?, ?, ?)", purpose, kept.owner(), kept.box(), box));
    }

    /** @param sealed false for a secret as it is */
    private record Kept(Purpose purpose, UUID owner, byte[] box, boolean sealed) {

        static Kept of(Record row) {
            String purpose = Objects.requireNonNull(row.get("purpose", String.class));
            return new Kept(
                    Purpose.valueOf(purpose.toUpperCase(Locale.ROOT)),
                    Objects.requireNonNull(row.get("owner", UUID.class)),
                    Objects.requireNonNull(row.get("box", byte[].class)),
                    row.get("sealed", boolean.class));
        }
    }
}
