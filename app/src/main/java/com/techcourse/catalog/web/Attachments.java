package com.techcourse.catalog.web;

import static com.techcourse.jooq.catalog.Tables.ATTACHMENTS;
import static com.techcourse.jooq.learning.Tables.READ_ATTACHMENT;

import com.techcourse.catalog.Attachment;
import com.techcourse.catalog.Markdown;
import com.techcourse.jooq.catalog.Routines;
import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.api.Refused;
import com.techcourse.platform.storage.Storage;
import com.techcourse.platform.storage.StorageFailed;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Files of lessons: the database knows them, the store holds them. */
@Component
class Attachments {

    private static final Logger LOG = LoggerFactory.getLogger(Attachments.class);

    private final ActingTransactions transactions;
    private final Storage storage;
    private final Markdown markdown;

    Attachments(ActingTransactions transactions, Storage storage, Markdown markdown) {
        this.transactions = transactions;
        this.storage = storage;
        this.markdown = markdown;
    }

    /** The database expects the file before it is stored, so that nobody clears it away in between. */
    Attachment add(Acting acting, UUID lesson, String fileName, InputStream body) {
        transactions.read(acting, database -> StudioLesson.read(database, markdown, lesson));
        try (Received received = Received.of(body)) {
            String mediaType = MediaTypes.of(fileName, received.head())
                    .orElseThrow(() -> new Refused(
                            "unsupported-media-type",
                            "Files may be PDF, images, sound, video, text, office documents or zip."));
            transactions.write(acting, database -> {
                Routines.expectFile(database.configuration(), received.sha256(), received.size());
                return lesson;
            });
            String key = HexFormat.of().formatHex(received.sha256());
            stored(() -> {
                storage.put(key, received.file());
                return key;
            });
            return transactions.write(acting, database -> {
                UUID id = Objects.requireNonNull(database.insertInto(ATTACHMENTS)
                        .set(ATTACHMENTS.LESSON_ID, lesson)
                        .set(ATTACHMENTS.FILE_NAME, fileName)
                        .set(ATTACHMENTS.MEDIA_TYPE, mediaType)
                        .set(ATTACHMENTS.SHA256, received.sha256())
                        .returningResult(ATTACHMENTS.ID)
                        .fetchSingle()
                        .value1());
                return new Attachment(id, fileName, mediaType, received.size(), "/api/v1/attachments/" + id);
            });
        }
    }

    boolean remove(Acting acting, UUID id) {
        return transactions.write(
                acting,
                database -> database.deleteFrom(ATTACHMENTS)
                                .where(ATTACHMENTS.ID.eq(id))
                                .execute()
                        > 0);
    }

    Optional<Stored> find(Acting acting, UUID id) {
        return transactions.read(
                acting,
                database -> database.select(
                                READ_ATTACHMENT.FILE_NAME,
                                READ_ATTACHMENT.MEDIA_TYPE,
                                READ_ATTACHMENT.SIZE_BYTES,
                                READ_ATTACHMENT.SHA256)
                        .from(READ_ATTACHMENT.call(id))
                        .fetchOptional(row -> new Stored(
                                row.value1(),
                                row.value2(),
                                row.value3(),
                                HexFormat.of().formatHex(row.value4()))));
    }

    InputStream read(Stored stored, long from, long length) {
        return length == 0 ? InputStream.nullInputStream() : stored(() -> storage.read(stored.sha256(), from, length));
    }

    private static <T> T stored(Supplier<T> work) {
        try {
            return work.get();
        } catch (StorageFailed e) {
            LOG.error("The store of files failed", e);
            throw new Refused("try-again", "The store of files cannot be reached; try again in a moment.");
        }
    }

    record Stored(String fileName, String mediaType, long size, String sha256) {}
}
