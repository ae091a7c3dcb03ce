package com.techcourse.platform.mail;

import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes letters. A letter is sent when the transaction that wrote it is committed, and not at all otherwise. */
@Component
public class Mails {

    /**
     * @param user whose letter it is, so that it goes when the person is erased; null for nobody known yet
     * @param template of the message files: {@code mail.TEMPLATE.subject} and {@code mail.TEMPLATE.text}
     * @param details {@code name}, {@code link}: what the text names as {0} and {1}
     */
    public void send(
            DSLContext database,
            @Nullable UUID user,
            String recipient,
            String template,
            String locale,
            Map<String, String> details) {
        database.execute(
                "select identity.queue_mail(?, ?, ?, ?, ?::jsonb)", user, recipient, template, locale, json(details));
    }

    /** For functions of the database that write letters themselves. */
    public static String json(Map<String, String> details) {
        return JsonMapper.shared().writeValueAsString(details);
    }
}
